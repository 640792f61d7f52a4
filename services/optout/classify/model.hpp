#pragma once
// Model: five questions in order of precedence (asks out? asks in? wrong number? asks help? insults?), answered by a
// small network; the first answer is calibrated.
//
// What a feature says counts for each question as it is, and once more through hidden units, which see what features
// say together: "told", "them" and "stop" weigh otherwise in one sentence than each alone.
// Each sentence answers each question; a message answers yes as soon as one sentence does (noisy or), so one request in
// a long friendly text counts as much as alone. A label is the first question answered with yes.
// The bytes hold a version, a checksum and the fingerprint of lexicon and rules. A model that differs in any of them is
// refused: a classifier with half-known features would be wrong without anybody noticing.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "services/optout/classify/features.hpp"
#include "services/optout/classify/labels.hpp"
#include "services/optout/classify/word_set.hpp"

namespace whistlestop::optout::classify {

inline constexpr std::size_t question_count = label_count - 1;

// From which score on the service acts, and from which it asks a person.
struct Bar {
    float optout;
    float review;

    [[nodiscard]] Action action(float score) const {
        if (score >= optout) return Action::optout;
        return score >= review ? Action::review : Action::none;
    }
};

// What a message shows beside its score.
enum class Evidence : std::uint8_t {
    phrase,  // an opt-out rule fired, and no guard
    topic,   // none did, but it speaks of texts, lists, numbers, stopping or leaving
    none,
};

struct Thresholds {
    Bar phrase{0.6F, 0.3F};
    Bar topic{0.9F, 0.4F};
    Bar alone{0.9F, 0.4F};

    [[nodiscard]] const Bar& of(Evidence evidence) const {
        if (evidence == Evidence::phrase) return phrase;
        return evidence == Evidence::topic ? topic : alone;
    }
};

inline constexpr std::size_t hidden_count = 11;
inline constexpr std::size_t column_count = question_count + hidden_count;

// What one feature adds to each question and then to each hidden unit, in steps of `weight_step`.
using Row __attribute__((vector_size(column_count))) = std::int8_t;
inline constexpr float weight_step = 1.0F / 64;

using Columns = std::array<float, column_count>;
using Hidden = std::array<float, hidden_count>;
using Answers = std::array<float, question_count>;

// From what a sentence's features add up to, to its answers before the sigmoid.
struct Head {
    Answers bias{};
    Hidden hidden_bias{};
    std::array<Answers, hidden_count> reach{};  // of a hidden unit, to each question

    [[nodiscard]] Hidden hidden(const Columns& sums) const;
    [[nodiscard]] Answers answers(const Columns& sums, const Hidden& hidden) const;
    // How a change of the sums changes what `of` is the change of the answers for.
    [[nodiscard]] Columns slope(const Hidden& hidden, const Answers& of) const;
};

// What a model file holds, apart from its envelope.
struct ModelParts {
    std::string version;  // shown in every answer
    Thresholds thresholds;
    float slope = 1;  // Platt scaling of the opt-out question: P = sigmoid(slope * z + offset)
    float offset = 0;
    Head head;
    std::vector<Row> weights;  // slot_count rows
    std::vector<std::uint64_t> real_words;
};

[[nodiscard]] std::string serialise(const ModelParts& parts);
// Fault::corrupt for a truncated or damaged file, Fault::invalid for one of another version or for other rules.
[[nodiscard]] Result<ModelParts> parse_model(std::string_view bytes);

struct Scores {
    float opt_out = 0;  // calibrated
    std::array<float, label_count> probability{};
    std::uint16_t sentence = 0;  // the one that asks most
    Columns sums{};              // its own
};

class Model {
public:
    explicit Model(ModelParts parts);

    [[nodiscard]] Scores score(const Text& text, const RuleHits& hits, feature::Core& core) const;
    // How much a feature speaks for the opt-out question, beside what else the sentence that asks most holds.
    [[nodiscard]] float weight(const Feature& feature, const Scores& beside) const;
    [[nodiscard]] const ModelParts& parts() const { return parts_; }
    [[nodiscard]] const WordSet& real_words() const { return real_words_; }

private:
    ModelParts parts_;
    WordSet real_words_;
};

// Noisy or over sentences, then precedence over questions. `z` holds the sentences' answers before the sigmoid.
[[nodiscard]] Answers pool(std::span<const Answers> z);
[[nodiscard]] std::array<float, label_count> by_precedence(const Answers& yes);

}  // namespace whistlestop::optout::classify
