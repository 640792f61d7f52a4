#pragma once
// Trainer: gradient descent on the model's own features, and what calibrates it.

#include <vector>

#include "services/optout/classify/classifier.hpp"
#include "services/optout/training/grammar.hpp"

namespace whistlestop::optout::classify {

struct PreparedSentence {
    std::vector<std::uint32_t> words;  // slots of features that name a word; quiet, too
    std::vector<std::uint32_t> quiet;
    std::vector<std::uint32_t> loud;
    float loudness = 1;
};

// A message as the model sees it.
struct Prepared {
    std::vector<PreparedSentence> sentences;
    std::vector<std::uint32_t> message;
    std::uint32_t phrase = 0;
    Label label = Label::normal;
    float weight = 1;
    std::size_t fold = 0;
    bool keyword = false;  // decided before the model is asked
    Evidence evidence = Evidence::none;
};

struct TrainingSettings {
    int rounds = 8;
    int rounds_meant = 4;  // the last ones, whose mean is the result
    float rate = 0.08F;
    float hidden_rate = 0.015F;
    float decay = 2e-3F;  // of every weight that is touched
    float hidden_decay = 1e-4F;
    unsigned wordless_percent = 40;  // of examples are seen without the features that name a word
    unsigned drop_percent = 50;      // features left out at random, so that none is leaned on alone
};

struct Weights {
    std::vector<Columns> rows = std::vector<Columns>(slot_count);
    Head head;
};
// sum += share * weights
void add_share(Weights& sum, const Weights& weights, float share);

// The words that are real: never repaired into a keyword. One that stands in one line alone may be a slip.
[[nodiscard]] std::vector<std::uint64_t> real_words_of(const std::vector<std::string>& wording);

// Folds are of whole phrases: no wording of a phrase is in two of them.
[[nodiscard]] std::vector<Prepared> prepare(const std::vector<Example>& examples, const Lexicon& lexicon,
                                            const Rules& rules, const WordSet& real_words, std::size_t folds);

// Takes out what fewer than three phrases have: it would be learned by heart. `plain` messages stand first, by phrase.
void drop_rare(std::vector<Prepared>& all, std::size_t plain);

// Trains on all whose fold is not `held_out`.
[[nodiscard]] Weights train(const std::vector<Prepared>& all, std::size_t held_out, const TrainingSettings& settings,
                            Random& random);

[[nodiscard]] Answers answers(const Weights& weights, const Prepared& prepared);

[[nodiscard]] ModelParts quantise(const Weights& weights);

struct Held {
    Answers yes{};
    Label label = Label::normal;
    float weight = 1;
    bool keyword = false;
    Evidence evidence = Evidence::none;
    std::size_t example = 0;
};

// Platt scaling of the opt-out question, on messages whose phrase was held out.
void calibrate(const std::vector<Held>& held, ModelParts& parts);

}  // namespace whistlestop::optout::classify
