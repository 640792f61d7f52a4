#pragma once
// Model: five calibrated linear questions in order of precedence (asks out? asks in? wrong number? asks help?
// insults?).
//
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

struct Thresholds {
    float optout_with_rule = 0.6F;    // a phrase rule fired and the model agrees this much
    float optout_model_alone = 0.9F;  // no rule fired
    float review_with_rule = 0.3F;
    float review = 0.4F;
};

// Weights of one feature, in steps of `weight_step`. Eight fit one register; question_count of them are used.
using Row __attribute__((vector_size(16))) = std::int16_t;
inline constexpr float weight_step = 1.0F / 128;
inline constexpr float weight_max = 8;

// What a model file holds, apart from its envelope.
struct ModelParts {
    std::string version;  // shown in every answer
    Thresholds thresholds;
    float slope = 1;  // Platt scaling of the opt-out question: P = sigmoid(slope * z + offset)
    float offset = 0;
    std::array<float, question_count> bias{};
    std::array<float, question_count> shift{};  // added to a question's answer before labels are compared
    std::vector<Row> weights;                   // slot_count rows; question_count columns are used
    std::vector<std::uint64_t> real_words;
};

[[nodiscard]] std::string serialise(const ModelParts& parts);
// Fault::corrupt for a truncated or damaged file, Fault::invalid for one of another version or for other rules.
[[nodiscard]] Result<ModelParts> parse_model(std::string_view bytes);

struct Scores {
    float opt_out = 0;  // calibrated
    std::array<float, label_count> probability{};
    std::uint16_t sentence = 0;  // the one that asks most
};

class Model {
public:
    explicit Model(ModelParts parts);

    [[nodiscard]] Scores score(const Text& text, const RuleHits& hits, feature::Core& core) const;
    // How much a feature speaks for the opt-out question.
    [[nodiscard]] float weight(const Feature& feature) const {
        return static_cast<float>(parts_.weights[feature.slot][0]) * weight_step;
    }
    [[nodiscard]] const ModelParts& parts() const { return parts_; }
    [[nodiscard]] const WordSet& real_words() const { return real_words_; }

private:
    ModelParts parts_;
    WordSet real_words_;
};

// Noisy or over sentences, then precedence over questions. `z` holds the sentences' answers before the sigmoid.
using Answers = std::array<float, question_count>;
[[nodiscard]] std::array<float, question_count> pool(std::span<const Answers> z);
[[nodiscard]] std::array<float, label_count> by_precedence(const std::array<float, question_count>& yes);

}  // namespace whistlestop::optout::classify
