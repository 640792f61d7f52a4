// optout_train DATA_FOLDER MODEL_FILE [HELD_FILE]: examples, features, training, calibration, thresholds, all from one
// seed. HELD_FILE gets a line for each message: what a model says of it that has not seen its phrase.

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <thread>

#include "services/optout/training/augment.hpp"
#include "services/optout/training/files.hpp"
#include "services/optout/training/thresholds.hpp"
#include "services/optout/training/trainer.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::uint64_t seed = 20'261'124;
constexpr std::size_t folds = 5;
constexpr std::string_view version = "optout-4";

Result<Grammar> read_grammar(const std::filesystem::path& folder) {
    Grammar grammar;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        const auto content = read_file(file);
        if (!content) return std::unexpected{content.error()};
        if (const auto read = grammar.read(file.filename().string(), *content); !read)
            return std::unexpected{read.error()};
    }
    return grammar;
}

// Each run has a seed of its own, so that the result is the same however many run at once.
std::vector<Weights> train_each(const std::vector<Prepared>& all, const TrainingSettings& settings,
                                const std::vector<std::size_t>& held_out) {
    std::vector<Weights> out(held_out.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < std::max(1U, std::thread::hardware_concurrency()); ++worker)
        workers.emplace_back([&] {
            for (std::size_t run = next++; run < out.size(); run = next++) {
                Random random{seed + run};
                out[run] = train(all, held_out[run], settings, random);
            }
        });
    workers.clear();
    return out;
}

std::vector<Held> hold_out(const std::vector<Prepared>& all, std::size_t plain, const TrainingSettings& settings) {
    std::vector<std::size_t> each_fold(folds);
    std::iota(each_fold.begin(), each_fold.end(), 0);
    const std::vector<Weights> weights = train_each(all, settings, each_fold);
    std::vector<Held> held;
    held.reserve(plain);
    for (std::size_t i = 0; i < plain; ++i)
        held.push_back(
            {answers(weights[all[i].fold], all[i]), all[i].label, all[i].weight, all[i].keyword, all[i].asks, i});
    return held;
}

// The mean of several runs, which differ in order and in what they leave out: what they agree on is what the data say.
Weights train_on_all(const std::vector<Prepared>& all, const TrainingSettings& settings) {
    constexpr std::size_t runs = 9;
    std::vector<Weights> each = train_each(all, settings, std::vector<std::size_t>(runs, folds));
    Weights mean = std::move(each[0]);
    for (std::size_t run = 1; run < runs; ++run) {
        const Weights& next = each[run];
        for (std::size_t q = 0; q < question_count; ++q) {
            mean.bias[q] += next.bias[q];
            for (std::size_t slot = 0; slot < slot_count; ++slot) mean.rows[slot][q] += next.rows[slot][q];
        }
    }
    for (std::size_t q = 0; q < question_count; ++q) {
        mean.bias[q] /= runs;
        for (auto& row : mean.rows) row[q] /= runs;
    }
    return mean;
}

Result<void> run(const std::filesystem::path& data, const std::filesystem::path& model_file,
                 const std::filesystem::path& held_file) {
    Random random{seed};
    const auto grammar = read_grammar(data);
    if (!grammar) return std::unexpected{grammar.error()};
    auto examples = grammar->expand(random);
    const std::size_t plain = examples.size();
    fmt::print("{} phrases give {} examples\n", grammar->phrase_count(), plain);
    const auto real_words = real_words_of(grammar->wording());
    augment(examples, random);
    Lexicon lexicon;
    const Rules rules{lexicon};
    const auto all = prepare(examples, lexicon, rules, WordSet{real_words}, folds);
    fmt::print("{} messages with noise and combinations, {} real words\n", all.size(), real_words.size());

    const TrainingSettings settings;
    const auto held = hold_out(all, plain, settings);
    ModelParts parts = quantise(train_on_all(all, settings));
    parts.version = version;
    parts.real_words = real_words;
    calibrate(held, parts);
    choose_thresholds(held, parts);
    fmt::print("{}", report_held(held, examples, parts));
    if (!held_file.empty()) {
        if (const auto written = write_file(held_file, list_held(held, examples, parts)); !written) return written;
    }
    return write_file(model_file, serialise(parts));
}

}  // namespace
}  // namespace whistlestop::optout::classify

int main(int argc, char** argv) {
    if (argc != 3 && argc != 4) {
        fmt::print(stderr, "usage: optout_train DATA_FOLDER MODEL_FILE [HELD_FILE]\n");
        return EXIT_FAILURE;
    }
    if (const auto done = whistlestop::optout::classify::run(argv[1], argv[2], argc == 4 ? argv[3] : ""); !done) {
        fmt::print(stderr, "event=training_failed cause=\"{}\"\n", done.error().detail);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
