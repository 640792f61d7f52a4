// optout_evaluate MODEL_FILE --labelled|--ordinary FILE [WORST]: quality of a model on labelled messages, or
// on a file of ordinary ones (one per line); then the time per message.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "common/base/read_file.hpp"
#include "services/optout/training/measure.hpp"

namespace whistlestop::optout::classify {
namespace {

using Clock = std::chrono::steady_clock;

// Of each message the median of many rounds, so that what else runs on the machine is not counted.
std::string times(const Classifier& classifier, const std::vector<Example>& examples) {
    constexpr std::size_t rounds = 21;
    const auto scratch = std::make_unique<Scratch>();
    std::vector<std::vector<double>> micros(examples.size());
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < examples.size(); ++i) {
            const auto from = Clock::now();
            (void)classifier.classify(examples[i].text, *scratch);
            micros[i].push_back(std::chrono::duration<double, std::micro>(Clock::now() - from).count());
        }
    }
    std::vector<double> medians;
    double sum = 0;
    for (auto& of_one : micros) {
        std::ranges::nth_element(of_one, of_one.begin() + rounds / 2);
        medians.push_back(of_one[rounds / 2]);
        sum += medians.back();
    }
    std::ranges::sort(medians);
    const auto at = [&](double share) {
        return medians[static_cast<std::size_t>(share * static_cast<double>(medians.size() - 1))];
    };
    return fmt::format("{:.0f} messages a second on one core; p50 {:.2f} us, p99 {:.2f} us, most {:.2f} us\n",
                       1e6 * static_cast<double>(medians.size()) / sum, at(0.5), at(0.99), medians.back());
}

Result<std::vector<Example>> read_messages(std::string_view kind, const std::filesystem::path& file) {
    const auto content = read_file(file);
    if (!content) return std::unexpected{content.error()};
    if (kind != "--ordinary") return read_labelled(*content);
    std::vector<Example> out;
    std::istringstream lines{*content};
    for (std::string line; std::getline(lines, line);) out.push_back({line, Label::normal, "en", "ordinary", false});
    return out;
}

Result<void> run(const std::filesystem::path& model_file, std::string_view kind, const std::filesystem::path& file,
                 std::size_t worst_count) {
    const auto bytes = read_file(model_file);
    if (!bytes) return std::unexpected{bytes.error()};
    auto parts = parse_model(*bytes);
    if (!parts) return std::unexpected{parts.error()};
    const Classifier classifier{std::move(*parts)};
    const auto examples = read_messages(kind, file);
    if (!examples) return std::unexpected{examples.error()};
    const auto judged = judge(classifier, *examples);
    fmt::print("{}\n{}\n{}\n{}", report(judged), sweep(judged), worst(judged, worst_count),
               times(classifier, *examples));
    return {};
}

}  // namespace
}  // namespace whistlestop::optout::classify

int main(int argc, char** argv) {
    if (argc < 4) {
        fmt::print(stderr, "usage: optout_evaluate MODEL_FILE --labelled|--ordinary FILE [WORST]\n");
        return EXIT_FAILURE;
    }
    const std::size_t worst = argc > 4 ? static_cast<std::size_t>(std::atoi(argv[4])) : 10;
    if (const auto done = whistlestop::optout::classify::run(argv[1], argv[2], argv[3], worst); !done) {
        fmt::print(stderr, "event=evaluation_failed cause=\"{}\"\n", done.error().detail);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
