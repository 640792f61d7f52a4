#include "services/optout/training/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "services/optout/classify/keyword_layer.hpp"
#include "services/optout/classify/normalise.hpp"
#include "services/optout/classify/scan.hpp"

namespace whistlestop::optout::classify {
namespace {

float sigmoid(float z) { return 1 / (1 + std::exp(-z)); }

float logit(float p) {
    const float bounded = std::clamp(p, 1e-6F, 1 - 1e-6F);
    return std::log(bounded / (1 - bounded));
}

void add(Answers& z, const Weights& weights, const std::vector<std::uint32_t>& slots, float loudness = 1) {
    for (const std::uint32_t slot : slots) {
        for (std::size_t q = 0; q < question_count; ++q) z[q] += loudness * weights.rows[slot][q];
    }
}

void add(Answers& z, const Weights& weights, const PreparedSentence& sentence,
         const std::vector<std::uint32_t>& message) {
    add(z, weights, sentence.words, sentence.loudness);
    add(z, weights, sentence.quiet, sentence.loudness);
    add(z, weights, sentence.loud);
    add(z, weights, message);
}

// Adagrad: a step per weight, the smaller the more it was moved before.
class Descent {
public:
    Descent(Weights& weights, const TrainingSettings& settings)
        : weights_(weights), settings_(settings), moved_(slot_count), bias_moved_{} {
        for (auto& row : moved_) row.fill(1e-2F);
        bias_moved_.fill(1e-2F);
    }

    void step(const std::vector<std::uint32_t>& slots, const Answers& gradient) {
        for (const std::uint32_t slot : slots) {
            for (std::size_t q = 0; q < question_count; ++q) {
                if (gradient[q] == 0) continue;
                float& weight = weights_.rows[slot][q];
                const float g = gradient[q] + settings_.decay * weight;
                moved_[slot][q] += g * g;
                weight -= settings_.rate * g / std::sqrt(moved_[slot][q]);
            }
        }
    }

    void step_bias(const Answers& gradient) {
        for (std::size_t q = 0; q < question_count; ++q) {
            bias_moved_[q] += gradient[q] * gradient[q];
            weights_.bias[q] -= settings_.rate * gradient[q] / std::sqrt(bias_moved_[q]);
        }
    }

private:
    Weights& weights_;
    const TrainingSettings& settings_;
    std::vector<Answers> moved_;
    Answers bias_moved_;
};

// How the loss changes with each sentence's answers. Questions after the label's in precedence are not asked.
void gradients(const std::vector<Answers>& z, Label label, float weight, std::vector<Answers>& out) {
    const auto pooled = pool(z);
    const auto right = static_cast<std::size_t>(label);
    out.assign(z.size(), Answers{});
    for (std::size_t q = 0; q < question_count && q <= right; ++q) {
        const float yes = std::clamp(pooled[q], 1e-6F, 1 - 1e-6F);
        const float factor = q < right ? 1 : -(1 - yes) / yes;
        for (std::size_t s = 0; s < z.size(); ++s) out[s][q] = weight * factor * sigmoid(z[s][q]);
    }
}

std::vector<std::uint32_t> dropped(const std::vector<std::uint32_t>& slots, unsigned percent, Random& random) {
    std::vector<std::uint32_t> kept;
    kept.reserve(slots.size());
    for (const std::uint32_t slot : slots) {
        if (!chance(random, percent)) kept.push_back(slot);
    }
    return kept;
}

void learn(const Prepared& example, Weights& weights, Descent& descent, const TrainingSettings& settings,
           Random& random) {
    const unsigned drop_percent = settings.drop_percent;
    const unsigned drop_words = chance(random, settings.wordless_percent) ? 100 : drop_percent;
    std::vector<PreparedSentence> sentences;
    sentences.reserve(example.sentences.size());
    for (const auto& sentence : example.sentences) {
        sentences.push_back({dropped(sentence.words, drop_words, random), dropped(sentence.quiet, drop_percent, random),
                             dropped(sentence.loud, drop_percent, random), sentence.loudness});
    }
    const auto message = dropped(example.message, drop_percent, random);
    std::vector<Answers> z(sentences.size(), weights.bias);
    for (std::size_t s = 0; s < z.size(); ++s) add(z[s], weights, sentences[s], message);
    std::vector<Answers> gradient;
    gradients(z, example.label, example.weight, gradient);
    Answers total{};
    for (std::size_t s = 0; s < z.size(); ++s) {
        Answers quiet = gradient[s];
        for (float& g : quiet) g *= sentences[s].loudness;
        descent.step(sentences[s].words, quiet);
        descent.step(sentences[s].quiet, quiet);
        descent.step(sentences[s].loud, gradient[s]);
        for (std::size_t q = 0; q < question_count; ++q) total[q] += gradient[s][q];
    }
    descent.step(message, total);
    descent.step_bias(total);
}

PreparedSentence prepare_sentence(Scratch& scratch, std::uint16_t number) {
    PreparedSentence sentence;
    sentence.loudness = feature::loudness(scratch.text.sentences[number]);
    for_each_sentence_feature(scratch.text, number, scratch.hits, scratch.core, [&](const Feature& f) {
        if (f.kind <= FeatureKind::word_pair) return sentence.words.push_back(f.slot);
        (feature::is_quiet(f.kind) ? sentence.quiet : sentence.loud).push_back(f.slot);
    });
    return sentence;
}

}  // namespace

std::vector<std::uint64_t> real_words_of(const std::vector<std::string>& wording) {
    std::map<std::uint64_t, std::size_t> lines_with;
    Text text;
    for (const std::string& line : wording) {
        std::set<std::uint64_t> words;
        for (std::size_t from = 0; from < line.size(); from = std::min(line.find(' ', from), line.size()) + 1) {
            const std::size_t end = std::min(line.find(' ', from), line.size());
            text.clear();
            scan({line.data() + from, end - from}, line.data(), text);
            for (std::size_t i = 0; i < text.token_count; ++i)
                if (text.tokens[i].kind == TokenKind::word && text.tokens[i].size >= 3)
                    words.insert(text.tokens[i].hash);
        }
        for (const std::uint64_t word : words) ++lines_with[word];
    }
    std::vector<std::uint64_t> real;
    for (const auto& [word, lines] : lines_with)
        if (lines >= 2) real.push_back(word);
    return real;
}

std::vector<Prepared> prepare(const std::vector<Example>& examples, const Lexicon& lexicon, const Rules& rules,
                              const WordSet& real_words, std::size_t folds) {
    std::vector<Prepared> out;
    Scratch scratch;
    for (const Example& e : examples) {
        normalise(e.text, lexicon, real_words, scratch.text);
        rules.match(scratch.text, scratch.hits);
        Prepared p;
        p.label = e.label;
        p.weight = e.weight;
        p.fold = e.phrase * 2'654'435'761U / 64 % folds;
        p.keyword = find_keyword(scratch.text).has_value();
        for (const RuleHit& hit : scratch.hits.all()) {
            p.asks = p.asks || (!hit.silenced && hit.effect == Effect::optout);
        }
        for (std::uint16_t s = 0; s < scratch.text.sentence_count; ++s)
            p.sentences.push_back(prepare_sentence(scratch, s));
        for_each_message_feature(scratch.text, scratch.hits, [&](const Feature& f) { p.message.push_back(f.slot); });
        out.push_back(std::move(p));
    }
    return out;
}

Weights train(const std::vector<Prepared>& all, std::size_t held_out, const TrainingSettings& settings,
              Random& random) {
    Weights weights;
    weights.rows.resize(slot_count);
    Descent descent{weights, settings};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].fold != held_out && !all[i].sentences.empty()) order.push_back(i);
    }
    for (int round = 0; round < settings.rounds; ++round) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(random, i)]);
        for (const std::size_t i : order) learn(all[i], weights, descent, settings, random);
    }
    return weights;
}

std::array<float, question_count> answers(const Weights& weights, const Prepared& prepared) {
    std::vector<Answers> z(prepared.sentences.size(), weights.bias);
    for (std::size_t s = 0; s < z.size(); ++s) add(z[s], weights, prepared.sentences[s], prepared.message);
    return pool(z);
}

ModelParts quantise(const Weights& weights) {
    ModelParts parts;
    parts.bias = weights.bias;
    parts.weights.resize(slot_count);
    constexpr float too_small = 0.02F;
    for (std::size_t i = 0; i < slot_count; ++i) {
        for (std::size_t q = 0; q < question_count; ++q) {
            const float w = std::clamp(weights.rows[i][q], -weight_max, weight_max);
            parts.weights[i][q] = static_cast<std::int16_t>(std::abs(w) < too_small ? 0 : std::lround(w / weight_step));
        }
    }
    return parts;
}

void calibrate(const std::vector<Held>& held, ModelParts& parts) {
    float a = 1;
    float b = 0;
    for (int round = 0; round < 300; ++round) {
        double ga = 0;
        double gb = 0;
        double total = 0;
        for (const Held& h : held) {
            if (h.keyword) continue;
            const float z = logit(h.yes[0]);
            const float error = sigmoid(a * z + b) - (h.label == Label::opt_out ? 1.0F : 0.0F);
            ga += static_cast<double>(h.weight * error * z);
            gb += static_cast<double>(h.weight * error);
            total += static_cast<double>(h.weight);
        }
        a -= 0.2F * static_cast<float>(ga / total);
        b -= 0.5F * static_cast<float>(gb / total);
    }
    parts.slope = a;
    parts.offset = b;
}

}  // namespace whistlestop::optout::classify
