#include "services/optout/classify/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "common/base/bytes.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::string_view magic = "WSOPTOUT";
constexpr std::uint32_t format_version = 2;

float sigmoid(float z) { return 1 / (1 + std::exp(-z)); }

void put_float(std::string& out, float value) { put_little(out, std::bit_cast<std::uint32_t>(value)); }
float take_float(std::string_view& bytes) { return std::bit_cast<float>(take_little<std::uint32_t>(bytes)); }

void put_numbers(std::string& out, const ModelParts& parts) {
    for (const float t : {parts.thresholds.optout_with_rule, parts.thresholds.optout_model_alone,
                          parts.thresholds.review_with_rule, parts.thresholds.review, parts.slope, parts.offset}) {
        put_float(out, t);
    }
    for (const float b : parts.bias) put_float(out, b);
    for (const float s : parts.shift) put_float(out, s);
}

void take_numbers(std::string_view& bytes, ModelParts& parts) {
    for (float* t : {&parts.thresholds.optout_with_rule, &parts.thresholds.optout_model_alone,
                     &parts.thresholds.review_with_rule, &parts.thresholds.review, &parts.slope, &parts.offset}) {
        *t = take_float(bytes);
    }
    for (float& b : parts.bias) b = take_float(bytes);
    for (float& s : parts.shift) s = take_float(bytes);
}

constexpr std::size_t numbers_bytes = (6 + 2 * question_count) * 4;
constexpr std::size_t row_bytes = 4 + question_count * 2;

bool all_zero(const Row& row) {
    for (std::size_t q = 0; q < question_count; ++q) {
        if (row[q] != 0) return false;
    }
    return true;
}

// Adds rows: they are asked for first and read a block later, for most lie far from the processor; in 16 bits, and
// carried into 32 before they can overflow: no weight is larger than weight_max.
class Sum {
public:
    void add(const Row& row) {
        __builtin_prefetch(&row);
        waiting_[count_] = &row;
        if (++count_ == waiting_.size()) carry();
    }
    [[nodiscard]] float of(std::size_t question) {
        carry();
        return static_cast<float>(far_[question]) * weight_step;
    }

private:
    void carry() {
        Row near{};
        for (std::size_t i = 0; i < count_; ++i) near += *waiting_[i];
        for (std::size_t k = 0; k < far_.size(); ++k) far_[k] += near[k];
        count_ = 0;
    }

    std::array<const Row*, static_cast<std::size_t>(32'767 * weight_step / weight_max)> waiting_;
    std::array<std::int32_t, 8> far_{};
    std::size_t count_ = 0;
};

}  // namespace

std::string serialise(const ModelParts& parts) {
    std::string out{magic};
    put_little(out, format_version);
    put_little(out, Rules::fingerprint());
    put_little(out, static_cast<std::uint32_t>(parts.version.size()));
    out += parts.version;
    put_numbers(out, parts);
    put_little(out, static_cast<std::uint32_t>(parts.real_words.size()));
    for (const std::uint64_t word : parts.real_words) put_little(out, word);
    const auto rows = parts.weights.size() - static_cast<std::size_t>(std::ranges::count_if(parts.weights, all_zero));
    put_little(out, static_cast<std::uint32_t>(rows));
    for (std::uint32_t slot = 0; slot < parts.weights.size(); ++slot) {
        if (all_zero(parts.weights[slot])) continue;
        put_little(out, slot);
        for (std::size_t q = 0; q < question_count; ++q) {
            put_little(out, static_cast<std::uint16_t>(parts.weights[slot][q]));
        }
    }
    put_little(out, crc32c(out));
    return out;
}

Result<ModelParts> parse_model(std::string_view bytes) {
    const std::string_view whole = bytes;
    constexpr std::size_t head = magic.size() + 12;
    if (bytes.size() < head + 4) return fail(Fault::corrupt, "opt-out model: file is empty or truncated");
    if (!bytes.starts_with(magic)) return fail(Fault::corrupt, "opt-out model: not a model file");
    bytes.remove_prefix(magic.size());
    const auto format = take_little<std::uint32_t>(bytes);
    if (format != format_version) {
        return fail(Fault::invalid, fmt::format("opt-out model: format {} where {} is needed", format, format_version));
    }
    std::string_view sum = whole.substr(whole.size() - 4);
    if (take_little<std::uint32_t>(sum) != crc32c(whole.substr(0, whole.size() - 4))) {
        return fail(Fault::corrupt, "opt-out model: checksum does not match");
    }
    if (take_little<std::uint32_t>(bytes) != Rules::fingerprint()) {
        return fail(Fault::invalid, "opt-out model: trained with other rules or another lexicon; train it again");
    }
    const Fault broken = Fault::corrupt;
    const auto version_size = take_little<std::uint32_t>(bytes);
    if (bytes.size() < version_size + numbers_bytes + 8) return fail(broken, "opt-out model: truncated numbers");
    ModelParts parts;
    parts.version = bytes.substr(0, version_size);
    bytes.remove_prefix(version_size);
    take_numbers(bytes, parts);
    const std::size_t word_count = take_little<std::uint32_t>(bytes);
    if (bytes.size() < word_count * 8 + 8) return fail(broken, "opt-out model: truncated words");
    parts.real_words.resize(word_count);
    for (std::uint64_t& word : parts.real_words) word = take_little<std::uint64_t>(bytes);
    const std::size_t rows = take_little<std::uint32_t>(bytes);
    if (bytes.size() != rows * row_bytes + 4) return fail(broken, "opt-out model: truncated weights");
    parts.weights.resize(slot_count);
    for (std::size_t i = 0; i < rows; ++i) {
        const auto slot = take_little<std::uint32_t>(bytes);
        if (slot >= slot_count) return fail(broken, "opt-out model: weight out of range");
        for (std::size_t q = 0; q < question_count; ++q) {
            parts.weights[slot][q] = static_cast<std::int16_t>(take_little<std::uint16_t>(bytes));
        }
    }
    return parts;
}

Model::Model(ModelParts parts) : parts_(std::move(parts)), real_words_(parts_.real_words) {
    check(parts_.weights.size() == slot_count);
}

std::array<float, question_count> pool(std::span<const Answers> z) {
    std::array<float, question_count> no;
    no.fill(1);
    for (const Answers& sentence : z) {
        for (std::size_t q = 0; q < question_count; ++q) no[q] *= 1 - sigmoid(sentence[q]);
    }
    for (float& n : no) n = 1 - n;
    return no;
}

std::array<float, label_count> by_precedence(const std::array<float, question_count>& yes) {
    std::array<float, label_count> out{};
    float left = 1;
    for (std::size_t q = 0; q < question_count; ++q) {
        out[q] = left * yes[q];
        left *= 1 - yes[q];
    }
    out[question_count] = left;
    return out;
}

Scores Model::score(const Text& text, const RuleHits& hits, feature::Core& core) const {
    Sum whole;
    for_each_message_feature(text, hits, [&](const Feature& f) { whole.add(parts_.weights[f.slot]); });
    std::array<Answers, Text::sentence_max> z;
    Scores scores;
    for (std::uint16_t s = 0; s < text.sentence_count; ++s) {
        Sum loud = whole;
        Sum quiet;
        for_each_sentence_feature(text, s, hits, core, [&](const Feature& f) {
            (feature::is_quiet(f.kind) ? quiet : loud).add(parts_.weights[f.slot]);
        });
        const float loudness = feature::loudness(text.sentences[s]);
        for (std::size_t q = 0; q < question_count; ++q) {
            z[s][q] = parts_.bias[q] + loud.of(q) + quiet.of(q) * loudness;
        }
        if (z[s][0] > z[scores.sentence][0]) scores.sentence = s;
    }
    auto yes = pool({z.data(), text.sentence_count});
    const float bounded = std::clamp(yes[0], 1e-6F, 1 - 1e-6F);
    scores.opt_out = sigmoid(parts_.slope * std::log(bounded / (1 - bounded)) + parts_.offset);
    for (std::size_t q = 0; q < question_count; ++q) {
        const float clear = std::clamp(yes[q], 1e-6F, 1 - 1e-6F);
        yes[q] = sigmoid(std::log(clear / (1 - clear)) + parts_.shift[q]);
    }
    yes[0] = scores.opt_out;
    scores.probability = by_precedence(yes);
    return scores;
}

}  // namespace whistlestop::optout::classify
