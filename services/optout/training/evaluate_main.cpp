// optout_evaluate MODEL_FILE LABELLED.jsonl [--worst N] | --ordinary FILE: quality of a model on labelled messages, or
// on a file of ordinary ones (one per line); then the time per message.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "services/optout/training/files.hpp"
#include "services/optout/training/measure.hpp"

namespace whistlestop::optout::classify {
namespace {

using Clock = std::chrono::steady_clock;

std::string times(const Classifier& classifier, const std::vector<Example>& examples) {
    const auto scratch = std::make_unique<Scratch>();
    std::vector<double> micros;
    const auto begin = Clock::now();
    for (int round = 0; round < 20; ++round) {
        for (const Example& e : examples) {
            const auto from = Clock::now();
            (void)classifier.classify(e.text, *scratch);
            micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - from).count());
        }
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::ranges::sort(micros);
    const auto at = [&](double share) {
        return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    };
    return fmt::format("{:.0f} messages a second on one core; p50 {:.2f} us, p99 {:.2f} us, p99.9 {:.2f} us\n",
                       static_cast<double>(micros.size()) / seconds, at(0.5), at(0.99), at(0.999));
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
