#include "services/optout/classify/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "common/base/bytes.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::string_view magic = "WSOPTOUT";
constexpr std::uint32_t format_version = 4;

float sigmoid(float z) { return 1 / (1 + std::exp(-z)); }
float tanh_of(float z) { return 2 * sigmoid(2 * z) - 1; }  // with std::tanh a message takes a tenth longer

void put_float(std::string& out, float value) { put_little(out, std::bit_cast<std::uint32_t>(value)); }
float take_float(std::string_view& bytes) { return std::bit_cast<float>(take_little<std::uint32_t>(bytes)); }

// Each number of the model, in the order of the file.
template <class Parts, class Visit>
void for_each_number(Parts& parts, const Visit& visit) {
    for (auto bar : {&Thresholds::phrase, &Thresholds::topic, &Thresholds::alone}) {
        visit((parts.thresholds.*bar).optout);
        visit((parts.thresholds.*bar).review);
    }
    visit(parts.slope);
    visit(parts.offset);
    for (auto& number : parts.head.bias) visit(number);
    for (auto& number : parts.head.hidden_bias) visit(number);
    for (auto& unit : parts.head.reach)
        for (auto& number : unit) visit(number);
}

constexpr std::size_t numbers_bytes = (8 + question_count + hidden_count * (1 + question_count)) * 4;
constexpr std::size_t row_bytes = 4 + column_count;

bool all_zero(const Row& row) {
    for (std::size_t c = 0; c < column_count; ++c)
        if (row[c] != 0) return false;
    return true;
}

// Adds rows: they are asked for first and read a block later, for most lie far from the processor; in 16 bits, and
// carried into 32 before they can overflow.
class Sum {
public:
    void add(const Row& row) {
        __builtin_prefetch(&row);
        waiting_[count_] = &row;
        if (++count_ == waiting_.size()) carry();
    }
    // What was added, `louder` times.
    void add_to(Columns& sums, float louder) {
        carry();
        for (std::size_t c = 0; c < column_count; ++c) sums[c] += static_cast<float>(far_[c]) * weight_step * louder;
    }

private:
    using Wide __attribute__((vector_size(column_count * 2))) = std::int16_t;

    void carry() {
        Wide near{};
        for (std::size_t i = 0; i < count_; ++i) near += __builtin_convertvector(*waiting_[i], Wide);
        for (std::size_t c = 0; c < column_count; ++c) far_[c] += near[c];
        count_ = 0;
    }

    std::array<const Row*, 32'767 / 128> waiting_;
    std::array<std::int32_t, column_count> far_{};
    std::size_t count_ = 0;
};

// False for what is no number, too.
bool in_order(const Bar& bar) { return 0 <= bar.review && bar.review <= bar.optout && bar.optout <= 1; }

bool all_finite(const ModelParts& parts) {
    bool finite = true;
    for_each_number(parts, [&](float number) { finite = finite && std::isfinite(number); });
    return finite;
}

}  // namespace

std::string serialise(const ModelParts& parts) {
    std::string out{magic};
    put_little(out, format_version);
    put_little(out, Rules::fingerprint());
    put_little(out, static_cast<std::uint32_t>(parts.version.size()));
    out += parts.version;
    for_each_number(parts, [&](float number) { put_float(out, number); });
    put_little(out, static_cast<std::uint32_t>(parts.real_words.size()));
    for (const std::uint64_t word : parts.real_words) put_little(out, word);
    const auto rows = parts.weights.size() - static_cast<std::size_t>(std::ranges::count_if(parts.weights, all_zero));
    put_little(out, static_cast<std::uint32_t>(rows));
    for (std::uint32_t slot = 0; slot < parts.weights.size(); ++slot) {
        if (all_zero(parts.weights[slot])) continue;
        put_little(out, slot);
        for (std::size_t c = 0; c < column_count; ++c) out += static_cast<char>(parts.weights[slot][c]);
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
    for_each_number(parts, [&](float& number) { number = take_float(bytes); });
    if (!all_finite(parts)) return fail(broken, "opt-out model: a number that is none");
    const Thresholds& t = parts.thresholds;
    if (!in_order(t.phrase) || !in_order(t.topic) || !in_order(t.alone))
        return fail(broken, "opt-out model: thresholds out of order; 0 <= review <= optout <= 1 is needed");
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
        for (std::size_t c = 0; c < column_count; ++c)
            parts.weights[slot][c] = static_cast<std::int8_t>(take_little<std::uint8_t>(bytes));
    }
    return parts;
}

Model::Model(ModelParts parts) : parts_(std::move(parts)), real_words_(parts_.real_words) {
    check(parts_.weights.size() == slot_count);
}

Hidden Head::hidden(const Columns& sums) const {
    Hidden out;
    for (std::size_t h = 0; h < hidden_count; ++h) out[h] = tanh_of(hidden_bias[h] + sums[question_count + h]);
    return out;
}

Answers Head::answers(const Columns& sums, const Hidden& hidden) const {
    Answers out = bias;
    for (std::size_t q = 0; q < question_count; ++q) {
        out[q] += sums[q];
        for (std::size_t h = 0; h < hidden_count; ++h) out[q] += reach[h][q] * hidden[h];
    }
    return out;
}

Columns Head::slope(const Hidden& hidden, const Answers& of) const {
    Columns out{};
    for (std::size_t q = 0; q < question_count; ++q) out[q] = of[q];
    for (std::size_t h = 0; h < hidden_count; ++h) {
        float& unit = out[question_count + h];
        for (std::size_t q = 0; q < question_count; ++q) unit += of[q] * reach[h][q];
        unit *= 1 - hidden[h] * hidden[h];
    }
    return out;
}

Answers pool(std::span<const Answers> z) {
    Answers no;
    no.fill(1);
    for (const Answers& sentence : z) {
        for (std::size_t q = 0; q < question_count; ++q) no[q] *= 1 - sigmoid(sentence[q]);
    }
    for (float& n : no) n = 1 - n;
    return no;
}

std::array<float, label_count> by_precedence(const Answers& yes) {
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
    Sum message;
    for_each_message_feature(text, hits, [&](const Feature& f) { message.add(parts_.weights[f.slot]); });
    Columns whole{};
    message.add_to(whole, 1);
    std::array<Answers, Text::sentence_max> z;
    Scores scores;
    for (std::uint16_t s = 0; s < text.sentence_count; ++s) {
        Sum loud;
        Sum quiet;
        for_each_sentence_feature(text, s, hits, core, [&](const Feature& f) {
            (feature::is_quiet(f.kind) ? quiet : loud).add(parts_.weights[f.slot]);
        });
        Columns sums = whole;
        loud.add_to(sums, 1);
        quiet.add_to(sums, feature::loudness(text.sentences[s]));
        z[s] = parts_.head.answers(sums, parts_.head.hidden(sums));
        if (s > 0 && z[s][0] <= z[scores.sentence][0]) continue;
        scores.sentence = s;
        scores.sums = sums;
    }
    auto yes = pool({z.data(), text.sentence_count});
    const float bounded = std::clamp(yes[0], 1e-6F, 1 - 1e-6F);
    scores.opt_out = sigmoid(parts_.slope * std::log(bounded / (1 - bounded)) + parts_.offset);
    yes[0] = scores.opt_out;
    scores.probability = by_precedence(yes);
    return scores;
}

float Model::weight(const Feature& feature, const Scores& beside) const {
    const Columns slope = parts_.head.slope(parts_.head.hidden(beside.sums), {1});
    float sum = 0;
    for (std::size_t c = 0; c < column_count; ++c)
        sum += slope[c] * static_cast<float>(parts_.weights[feature.slot][c]) * weight_step;
    return sum;
}

}  // namespace whistlestop::optout::classify
