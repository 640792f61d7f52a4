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
    Label label = Label::normal;
    float weight = 1;
    std::size_t fold = 0;
    bool keyword = false;  // decided before the model is asked
    bool asks = false;     // an opt-out rule fired, and no guard
};

struct TrainingSettings {
    int rounds = 6;
    float rate = 0.08F;
    float decay = 2e-3F;             // of every weight that is touched
    unsigned wordless_percent = 40;  // of examples are seen without the features that name a word
    unsigned drop_percent = 30;      // features left out at random, so that none is leaned on alone
};

struct Weights {
    std::vector<std::array<float, question_count>> rows;  // slot_count
    std::array<float, question_count> bias{};
};

// The words that are real: never repaired into a keyword. One that stands in one line alone may be a slip.
[[nodiscard]] std::vector<std::uint64_t> real_words_of(const std::vector<std::string>& wording);

// Folds are of whole phrases: no wording of a phrase is in two of them.
[[nodiscard]] std::vector<Prepared> prepare(const std::vector<Example>& examples, const Lexicon& lexicon,
                                            const Rules& rules, const WordSet& real_words, std::size_t folds);

// Trains on all whose fold is not `held_out`.
[[nodiscard]] Weights train(const std::vector<Prepared>& all, std::size_t held_out, const TrainingSettings& settings,
                            Random& random);

[[nodiscard]] std::array<float, question_count> answers(const Weights& weights, const Prepared& prepared);

[[nodiscard]] ModelParts quantise(const Weights& weights);

struct Held {
    std::array<float, question_count> yes{};
    Label label = Label::normal;
    float weight = 1;
    bool keyword = false;
    bool asks = false;
    std::size_t example = 0;
};

// Platt scaling of the opt-out question and the shifts of the others, on messages of kinds that were held out.
void calibrate(const std::vector<Held>& held, ModelParts& parts);

}  // namespace whistlestop::optout::classify
