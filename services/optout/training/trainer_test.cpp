#include "services/optout/training/trainer.hpp"

#include <gtest/gtest.h>

#include "services/optout/classify/normalise.hpp"

namespace whistlestop::optout::classify {
namespace {

// Weights of chance in whole steps, so that quantising them changes nothing.
Weights some_weights() {
    Random random{7};
    const auto some = [&] { return static_cast<float>(below(random, 41)) * weight_step - 20 * weight_step; };
    Weights weights;
    for (Columns& row : weights.rows)
        for (float& weight : row) weight = some();
    for (float& bias : weights.head.bias) bias = some();
    for (float& bias : weights.head.hidden_bias) bias = some();
    for (Answers& unit : weights.head.reach)
        for (float& reach : unit) reach = some();
    return weights;
}

// What serves is what was trained: both add the same features with the same loudness, each in code of its own.
TEST(Trainer, TheModelAnswersWhatTheTrainerAnswered) {
    Lexicon lexicon;
    const Rules rules{lexicon};
    const Weights weights = some_weights();
    const Model model{quantise(weights)};
    std::string long_story;
    for (int i = 0; i < 40; ++i) long_story += "and then we went on to the county fair with the neighbours ";
    const std::string messages[] = {"please stop", "I told you. Take me off! Thank you", "no",
                                    "who is this? wrong number, stop", long_story};
    Scratch scratch;
    for (const std::string& message : messages) {
        const auto prepared = prepare({Example{message, Label::normal, "en", "test"}}, lexicon, rules, WordSet{{}}, 1);
        ASSERT_EQ(prepared.size(), 1U);
        const auto trained = by_precedence(answers(weights, prepared[0]));
        normalise(message, lexicon, WordSet{{}}, scratch.text);
        rules.match(scratch.text, scratch.hits);
        const auto served = model.score(scratch.text, scratch.hits, scratch.core).probability;
        for (std::size_t label = 0; label < label_count; ++label)
            EXPECT_NEAR(served[label], trained[label], 1e-3) << message << ", " << label_names[label];
    }
}

}  // namespace
}  // namespace whistlestop::optout::classify
