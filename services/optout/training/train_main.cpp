// optout_train DATA_FOLDER MODEL_FILE [HELD_FILE]: examples, features, training, calibration, thresholds, all from one
// seed. HELD_FILE gets a line for each message: what a model says of it that has not seen its phrase.

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "common/base/read_file.hpp"
#include "services/optout/training/augment.hpp"
#include "services/optout/training/thresholds.hpp"
#include "services/optout/training/trainer.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::uint64_t seed = 20'261'124;
constexpr std::size_t folds = 5;
constexpr std::string_view version = "optout-7";

Result<void> write_file(const std::filesystem::path& path, const std::string& content) {
    std::ofstream out{path, std::ios::binary};
    out << content;
    out.flush();
    if (!out) return fail(Fault::unavailable, "cannot write " + path.string());
    return {};
}

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

constexpr std::size_t runs_on_all = 4;

// One for each fold, without it, and then some on all. Each run has a seed of its own, so that the result is the same
// however many run at once.
std::vector<Weights> train_each(const std::vector<Prepared>& all) {
    const TrainingSettings settings;
    std::vector<Weights> out(folds + runs_on_all);
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < std::max(1U, std::thread::hardware_concurrency()); ++worker)
        workers.emplace_back([&] {
            for (std::size_t run = next++; run < out.size(); run = next++) {
                Random random{seed + run};
                out[run] = train(all, std::min(run, folds), settings, random);
            }
        });
    workers.clear();
    return out;
}

// What runs that differ in order and in what they leave out agree on is what the data say.
Weights mean_on_all(const std::vector<Weights>& each) {
    Weights mean;
    for (std::size_t run = folds; run < each.size(); ++run) add_share(mean, each[run], 1.0F / runs_on_all);
    return mean;
}

std::vector<Held> hold_out(const std::vector<Prepared>& all, std::size_t plain, const std::vector<Weights>& weights) {
    std::vector<Held> held;
    held.reserve(plain);
    for (std::size_t i = 0; i < plain; ++i)
        held.push_back(
            {answers(weights[all[i].fold], all[i]), all[i].label, all[i].weight, all[i].keyword, all[i].evidence, i});
    return held;
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
    auto all = prepare(examples, lexicon, rules, WordSet{real_words}, folds);
    drop_rare(all, plain);
    fmt::print("{} messages with noise and combinations, {} real words\n", all.size(), real_words.size());

    const auto weights = train_each(all);
    const auto held = hold_out(all, plain, weights);
    ModelParts parts = quantise(mean_on_all(weights));
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
