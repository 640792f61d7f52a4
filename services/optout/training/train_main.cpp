// optout_train DATA_FOLDER MODEL_FILE: examples, features, training, calibration, thresholds, all from one seed.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "services/optout/training/augment.hpp"
#include "services/optout/training/files.hpp"
#include "services/optout/training/thresholds.hpp"
#include "services/optout/training/trainer.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::uint64_t seed = 20'261'124;
constexpr std::size_t folds = 5;
constexpr std::string_view version = "optout-2";

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

std::vector<Held> hold_out(const std::vector<Prepared>& all, std::size_t plain, const TrainingSettings& settings,
                           Random& random) {
    std::vector<Held> held;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        const Weights weights = train(all, fold, settings, random);
        for (std::size_t i = 0; i < plain; ++i) {
            if (all[i].fold != fold) continue;
            held.push_back(
                {answers(weights, all[i]), all[i].label, all[i].weight, all[i].keyword, all[i].asks, all[i].words, i});
        }
    }
    return held;
}

// The mean of several runs, which differ in order and in what they leave out: what they agree on is what the data say.
Weights train_on_all(const std::vector<Prepared>& all, const TrainingSettings& settings, Random& random) {
    constexpr std::size_t runs = 9;
    Weights mean = train(all, folds, settings, random);
    for (std::size_t run = 1; run < runs; ++run) {
        const Weights next = train(all, folds, settings, random);
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

Result<void> run(const std::filesystem::path& data, const std::filesystem::path& model_file) {
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
    const auto held = hold_out(all, plain, settings, random);
    ModelParts parts = quantise(train_on_all(all, settings, random));
    parts.version = version;
    parts.real_words = real_words;
    calibrate(held, parts);
    choose_thresholds(held, parts);
    fmt::print("{}", report_held(held, examples, parts));
    return write_file(model_file, serialise(parts));
}

}  // namespace
}  // namespace whistlestop::optout::classify

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: optout_train DATA_FOLDER MODEL_FILE\n");
        return EXIT_FAILURE;
    }
    if (const auto done = whistlestop::optout::classify::run(argv[1], argv[2]); !done) {
        fmt::print(stderr, "event=training_failed cause=\"{}\"\n", done.error().detail);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
