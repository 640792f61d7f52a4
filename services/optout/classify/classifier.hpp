#pragma once
// Classifier: what a reply asks for, and why.
//
// Pure: no clock, no I/O, no state. The same message and version give the same verdict for ever. Thread-safe: a thread
// brings its own Scratch, which is large, made once and reused; classifying allocates nothing.
// Layers, first that decides: the carriers' words (raw or disguised) · phrase rules and model together · model alone.

#include <cstdint>
#include <string_view>

#include "services/optout/classify/labels.hpp"
#include "services/optout/classify/lexicon.hpp"
#include "services/optout/classify/model.hpp"
#include "services/optout/classify/rules.hpp"
#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

struct Verdict {
    Label label = Label::normal;
    Action action = Action::none;
    float score = 0;            // calibrated probability that this asks for no more texts
    std::string_view rule;      // id of the rule that decided, "model" where none did; lives as long as the program
    std::string_view evidence;  // the words of the message that decided; a view into it, may be empty
};

// Working memory of one thread.
struct Scratch {
    Text text;
    RuleHits hits;
    feature::Core core;
    Scores scores;
};

// The topic keeps everyday chat, which can be stranger than anything in training, from being taken for a request.
[[nodiscard]] Evidence evidence_of(const Text& text, const RuleHits& hits);

// What the score of a message has to reach: less with a phrase that asks than on the model's word, more where a phrase
// speaks against it. A carrier's word as the first sentence or clause is at least shown to a person, whatever
// follows it.
struct DecidingBar {
    Bar bar;
    std::string_view why;
};
[[nodiscard]] DecidingBar deciding_bar(const Thresholds& thresholds, const Text& text, const RuleHits& hits);

class Classifier {
public:
    explicit Classifier(ModelParts parts);

    // Leaves its intermediate results in `scratch`, which `explain` reads.
    [[nodiscard]] Verdict classify(std::string_view message, Scratch& scratch) const;

    // Of rules, lexicon and model together; goes into the ledger beside every decision.
    [[nodiscard]] std::string_view version() const { return model_.parts().version; }

    [[nodiscard]] const Lexicon& lexicon() const { return lexicon_; }
    [[nodiscard]] const Rules& rules() const { return rules_; }
    [[nodiscard]] const Model& model() const { return model_; }

private:
    [[nodiscard]] Verdict decide(std::string_view message, const Scratch& scratch) const;

    Lexicon lexicon_;
    Rules rules_;
    Model model_;
};

// Normalised text, rules that fired or were silenced, the five heaviest features, scores and thresholds: for a person.
// Contains the message, so it is for a terminal and never for a log.
[[nodiscard]] std::string explain(const Classifier& classifier, const Verdict& verdict, const Scratch& scratch);

}  // namespace whistlestop::optout::classify
