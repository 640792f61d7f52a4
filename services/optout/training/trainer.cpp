#include "services/optout/training/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "services/optout/classify/classifier.hpp"
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

void add(Columns& sums, const Weights& weights, const std::vector<std::uint32_t>& slots, float loudness = 1) {
    for (const std::uint32_t slot : slots)
        for (std::size_t c = 0; c < column_count; ++c) sums[c] += loudness * weights.rows[slot][c];
}

Columns sums_of(const Weights& weights, const PreparedSentence& sentence, const std::vector<std::uint32_t>& message) {
    Columns sums{};
    add(sums, weights, sentence.words, sentence.loudness);
    add(sums, weights, sentence.quiet, sentence.loudness);
    add(sums, weights, sentence.loud);
    add(sums, weights, message);
    return sums;
}

// Adagrad: a step per weight, the smaller the more it was moved before.
class Descent {
public:
    Descent(Weights& weights, const TrainingSettings& settings) : weights_(weights), settings_(settings) {
        moved_.resize(slot_count);
        for (Columns& row : moved_) row.fill(unmoved);
        head_moved_.bias.fill(unmoved);
        head_moved_.hidden_bias.fill(unmoved);
        for (Answers& unit : head_moved_.reach) unit.fill(unmoved);
    }

    void step(const std::vector<std::uint32_t>& slots, const Columns& gradient) {
        for (const std::uint32_t slot : slots) {
            Columns& row = weights_.rows[slot];
            for (std::size_t c = 0; c < column_count; ++c) {
                if (gradient[c] == 0) continue;
                const bool direct = c < question_count;
                const float decay = direct ? settings_.decay : settings_.hidden_decay;
                move(row[c], moved_[slot][c], gradient[c] + decay * row[c],
                     direct ? settings_.rate : settings_.hidden_rate);
            }
        }
    }

    void step_head(const Hidden& hidden, const Answers& gradient, const Columns& slope) {
        Head& head = weights_.head;
        for (std::size_t q = 0; q < question_count; ++q)
            move(head.bias[q], head_moved_.bias[q], gradient[q], settings_.rate);
        for (std::size_t h = 0; h < hidden_count; ++h) {
            move(head.hidden_bias[h], head_moved_.hidden_bias[h], slope[question_count + h], settings_.hidden_rate);
            for (std::size_t q = 0; q < question_count; ++q) {
                const float g = gradient[q] * hidden[h] + settings_.hidden_decay * head.reach[h][q];
                move(head.reach[h][q], head_moved_.reach[h][q], g, settings_.hidden_rate);
            }
        }
    }

private:
    static constexpr float unmoved = 1e-2F;

    static void move(float& weight, float& moved, float gradient, float rate) {
        moved += gradient * gradient;
        weight -= rate * gradient / std::sqrt(moved);
    }

    Weights& weights_;
    const TrainingSettings& settings_;
    std::vector<Columns> moved_;
    Head head_moved_;
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
    std::vector<Hidden> hidden;
    std::vector<Answers> z;
    for (const auto& sentence : sentences) {
        const Columns sums = sums_of(weights, sentence, message);
        hidden.push_back(weights.head.hidden(sums));
        z.push_back(weights.head.answers(sums, hidden.back()));
    }
    std::vector<Answers> gradient;
    gradients(z, example.label, example.weight, gradient);
    Columns total{};
    for (std::size_t s = 0; s < z.size(); ++s) {
        const Columns loud = weights.head.slope(hidden[s], gradient[s]);
        Columns quiet = loud;
        for (float& g : quiet) g *= sentences[s].loudness;
        descent.step(sentences[s].words, quiet);
        descent.step(sentences[s].quiet, quiet);
        descent.step(sentences[s].loud, loud);
        descent.step_head(hidden[s], gradient[s], loud);
        for (std::size_t c = 0; c < column_count; ++c) total[c] += loud[c];
    }
    descent.step(message, total);
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

// No word has three of a letter in a row: "stopppp" is a slip however many write it.
bool is_drawn_out(std::string_view word) {
    for (std::size_t i = 2; i < word.size(); ++i)
        if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
    return false;
}

}  // namespace

void add_share(Weights& sum, const Weights& weights, float share) {
    const auto add = [&](auto& to, const auto& from) {
        for (std::size_t i = 0; i < from.size(); ++i) to[i] += share * from[i];
    };
    for (std::size_t slot = 0; slot < slot_count; ++slot) add(sum.rows[slot], weights.rows[slot]);
    add(sum.head.bias, weights.head.bias);
    add(sum.head.hidden_bias, weights.head.hidden_bias);
    for (std::size_t h = 0; h < hidden_count; ++h) add(sum.head.reach[h], weights.head.reach[h]);
}

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
                if (text.tokens[i].kind == TokenKind::word && text.tokens[i].size >= 3 &&
                    !is_drawn_out(text.word(text.tokens[i])))
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
        p.phrase = e.phrase;
        p.label = e.label;
        p.weight = e.weight;
        p.fold = e.phrase * 2'654'435'761U / 64 % folds;
        p.keyword = find_keyword(scratch.text).has_value();
        p.evidence = evidence_of(scratch.text, scratch.hits);
        for (std::uint16_t s = 0; s < scratch.text.sentence_count; ++s)
            p.sentences.push_back(prepare_sentence(scratch, s));
        for_each_message_feature(scratch.text, scratch.hits, [&](const Feature& f) { p.message.push_back(f.slot); });
        out.push_back(std::move(p));
    }
    return out;
}

void drop_rare(std::vector<Prepared>& all, std::size_t plain) {
    constexpr std::uint32_t needed = 3;
    struct Seen {
        std::uint32_t phrases = 0;
        std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
    };
    std::vector<Seen> seen(slot_count);
    const auto for_each_list = [](auto& prepared, const auto& visit) {
        visit(prepared.message);
        for (auto& sentence : prepared.sentences) {
            visit(sentence.words);
            visit(sentence.quiet);
            visit(sentence.loud);
        }
    };
    for (std::size_t i = 0; i < plain; ++i)
        for_each_list(all[i], [&](const std::vector<std::uint32_t>& slots) {
            for (const std::uint32_t slot : slots) {
                if (seen[slot].last == all[i].phrase) continue;
                seen[slot] = {seen[slot].phrases + 1, all[i].phrase};
            }
        });
    for (Prepared& prepared : all)
        for_each_list(prepared, [&](std::vector<std::uint32_t>& slots) {
            std::erase_if(slots, [&](std::uint32_t slot) { return seen[slot].phrases < needed; });
        });
}

Weights train(const std::vector<Prepared>& all, std::size_t held_out, const TrainingSettings& settings,
              Random& random) {
    Weights weights;
    Random first{1};  // every run begins alike, so that their hidden units mean the same and can be averaged
    for (Answers& unit : weights.head.reach)
        for (float& reach : unit) reach = static_cast<float>(below(first, 1'001)) / 1'000 - 0.5F;
    Descent descent{weights, settings};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].fold != held_out && !all[i].sentences.empty()) order.push_back(i);
    }
    Weights mean;
    for (int round = 0; round < settings.rounds; ++round) {
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[below(random, i)]);
        for (const std::size_t i : order) learn(all[i], weights, descent, settings, random);
        if (round >= settings.rounds - settings.rounds_meant)
            add_share(mean, weights, 1 / static_cast<float>(settings.rounds_meant));
    }
    return mean;
}

Answers answers(const Weights& weights, const Prepared& prepared) {
    std::vector<Answers> z;
    for (const auto& sentence : prepared.sentences) {
        const Columns sums = sums_of(weights, sentence, prepared.message);
        z.push_back(weights.head.answers(sums, weights.head.hidden(sums)));
    }
    return pool(z);
}

ModelParts quantise(const Weights& weights) {
    ModelParts parts;
    parts.head = weights.head;
    parts.weights.resize(slot_count);
    for (std::size_t i = 0; i < slot_count; ++i)
        for (std::size_t c = 0; c < column_count; ++c)
            parts.weights[i][c] =
                static_cast<std::int8_t>(std::lround(std::clamp(weights.rows[i][c] / weight_step, -127.0F, 127.0F)));
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
