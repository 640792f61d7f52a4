#pragma once
// Features: what the model sees of a sentence and of the whole message. Defined once, for training and for serving.
//
// Most are built from word classes and not from words, so that wording nobody has written down still resembles what was
// trained: "kindly purge my digits" has the shape of "please delete my number".

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

#include "services/optout/classify/rules.hpp"
#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

inline constexpr unsigned slot_bits = 17;
inline constexpr std::uint32_t slot_count = 1U << slot_bits;

enum class FeatureKind : std::uint8_t {
    word,
    word_pair,
    class_one,
    class_pair,
    class_near,
    class_triple,
    word_class,
    letters,
    rule,
    shape,
    message_class,
    message_rule,
    message_shape,
};

struct Feature {
    FeatureKind kind;
    std::uint32_t slot;
    std::uint16_t first = 0;  // tokens it was made from, for the explanation
    std::uint16_t last = 0;
};

namespace feature {

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t h = (a ^ (b + 0x9e3779b97f4a7c15 + (a << 6) + (a >> 2))) * 0xff51afd7ed558ccd;
    return h ^ (h >> 32);
}

// Single classes and pairs of them have slots of their own, side by side, so that they are near and never collide. The
// others are hashed into the rest.
inline constexpr std::uint32_t pair_slots = 64 * 64;
inline constexpr std::uint32_t class_slots = 2 * pair_slots + 64;
static_assert(word_class_count <= 64);

[[nodiscard]] constexpr std::uint32_t slot(FeatureKind kind, std::uint64_t value) {
    if (kind == FeatureKind::class_pair) return static_cast<std::uint32_t>(value);
    if (kind == FeatureKind::class_near) return pair_slots + static_cast<std::uint32_t>(value);
    if (kind == FeatureKind::class_one) return 2 * pair_slots + static_cast<std::uint32_t>(value);
    const std::uint64_t h = mix(value, (static_cast<std::uint64_t>(kind) + 1) * 0x9ddfea08eb382d69);
    return class_slots + static_cast<std::uint32_t>((h >> 32) * (slot_count - class_slots) >> 32);
}

// Words that carry the request; courtesy and oaths between them are skipped ("don't ever fucking text me").
inline constexpr Classes filler = bit(WordClass::courtesy) | bit(WordClass::profanity);
inline constexpr Classes pithy = ~filler;

struct Core {
    std::array<std::uint16_t, Text::token_max> at;
    std::size_t count = 0;
};

inline void find_core(const Text& text, const Sentence& sentence, Core& core) {
    core.count = 0;
    for (std::uint16_t i = sentence.first; i < sentence.last; ++i) {
        const Classes classes = text.tokens[i].classes;
        if (classes == 0 || (classes & pithy) != 0) core.at[core.count++] = i;
    }
}

// One symbol for a word: its classes, or that it has none.
[[nodiscard]] inline std::uint64_t symbol(const Token& token) {
    const Classes classes = token.classes & pithy;
    return classes != 0 ? static_cast<std::uint64_t>(std::countr_zero(classes)) + 1 : 0;
}

template <class Visit>
void words(const Text& text, const Sentence& sentence, const Visit& visit) {
    std::uint64_t before = 1;
    for (std::uint16_t i = sentence.first; i < sentence.last; ++i) {
        const std::uint64_t word = text.tokens[i].hash;
        const auto first = static_cast<std::uint16_t>(i == sentence.first ? i : i - 1);
        const auto end = static_cast<std::uint16_t>(i + 1);
        visit(Feature{FeatureKind::word, slot(FeatureKind::word, word), i, end});
        visit(Feature{FeatureKind::word_pair, slot(FeatureKind::word_pair, mix(before, word)), first, end});
        before = word;
    }
    visit(Feature{FeatureKind::word_pair, slot(FeatureKind::word_pair, mix(before, 2)),
                  static_cast<std::uint16_t>(sentence.last - 1), sentence.last});
}

template <class Visit>
void near_classes(const Text& text, const Core& core, std::size_t i, const Visit& visit) {
    constexpr std::size_t reach = 4;
    const Classes here = text.tokens[core.at[i]].classes & pithy;
    for (std::size_t j = i + 1; j < core.count && j <= i + reach; ++j) {
        const Classes there = text.tokens[core.at[j]].classes & pithy;
        const FeatureKind kind = j == i + 1 ? FeatureKind::class_pair : FeatureKind::class_near;
        const auto end = static_cast<std::uint16_t>(core.at[j] + 1);
        for (Classes a = here; a != 0; a &= a - 1)
            for (Classes b = there; b != 0; b &= b - 1) {
                const auto pair = static_cast<std::uint64_t>(std::countr_zero(a) * 64 + std::countr_zero(b));
                visit(Feature{kind, slot(kind, pair), core.at[i], end});
            }
    }
}

template <class Visit>
void classes(const Text& text, const Core& core, const Visit& visit) {
    std::uint64_t before = 99;
    std::uint64_t before_that = 99;
    for (std::size_t i = 0; i < core.count; ++i) {
        const Token& token = text.tokens[core.at[i]];
        const std::uint64_t here = symbol(token);
        const auto end = static_cast<std::uint16_t>(core.at[i] + 1);
        for (Classes a = token.classes & pithy; a != 0; a &= a - 1) {
            const auto one = static_cast<std::uint64_t>(std::countr_zero(a));
            visit(Feature{FeatureKind::class_one, slot(FeatureKind::class_one, one), core.at[i], end});
        }
        near_classes(text, core, i, visit);
        const std::uint64_t triple = (before_that * 128 + before) * 128 + here;
        visit(Feature{FeatureKind::class_triple, slot(FeatureKind::class_triple, triple), core.at[i >= 2 ? i - 2 : 0],
                      end});
        if (i > 0) {
            const Token& previous = text.tokens[core.at[i - 1]];
            visit(Feature{FeatureKind::word_class, slot(FeatureKind::word_class, mix(previous.hash, here)),
                          core.at[i - 1], end});
            visit(Feature{FeatureKind::word_class, slot(FeatureKind::word_class, mix(before + 1000, token.hash)),
                          core.at[i - 1], end});
        }
        before_that = before;
        before = here;
    }
    const std::uint64_t triple = (before_that * 128 + before) * 128 + 100;
    if (core.count > 0) {
        visit(Feature{FeatureKind::class_triple, slot(FeatureKind::class_triple, triple), core.at[core.count - 1],
                      static_cast<std::uint16_t>(core.at[core.count - 1] + 1)});
    }
}

// Pieces of words that no lexicon knows: endings, stems, other languages.
template <class Visit>
void letters(const Text& text, const Sentence& sentence, const Visit& visit) {
    constexpr std::size_t word_letters_max = 12;
    for (std::uint16_t i = sentence.first; i < sentence.last; ++i) {
        const Token& token = text.tokens[i];
        if (token.id != 0 || token.kind != TokenKind::word) continue;
        const std::string_view word = text.word(token).substr(0, word_letters_max);
        const auto end = static_cast<std::uint16_t>(i + 1);
        std::uint64_t window = '^';
        for (std::size_t k = 0; k <= word.size(); ++k) {
            window = window << 8 | (k < word.size() ? static_cast<unsigned char>(word[k]) : std::uint64_t{'$'});
            if (k >= 2) visit(Feature{FeatureKind::letters, slot(FeatureKind::letters, window & 0xffffffff), i, end});
        }
    }
}

template <class Visit>
void rules(const RuleHits& hits, std::uint16_t sentence, const Visit& visit) {
    bool asks = false;
    bool guarded = false;
    for (const RuleHit& hit : hits.all()) {
        if (hit.sentence != sentence) continue;
        visit(Feature{FeatureKind::rule, slot(FeatureKind::rule, hit.rule * 2U + (hit.silenced ? 1U : 0U)), hit.first,
                      hit.last});
        asks = asks || (hit.effect == Effect::optout && !hit.silenced);
        guarded = guarded || (hit.effect == Effect::guard && !hit.silenced);
    }
    visit(Feature{FeatureKind::rule, slot(FeatureKind::rule, 10'000U + (asks ? 2U : 0U) + (guarded ? 1U : 0U))});
}

[[nodiscard]] inline std::uint64_t bucket(std::size_t count) {
    return count <= 4 ? count : 3 + static_cast<std::uint64_t>(std::bit_width(count));
}

template <class Visit>
void shape(const Sentence& sentence, const Core& core, const Visit& visit) {
    const std::uint64_t length = bucket(core.count);
    visit(Feature{FeatureKind::shape, slot(FeatureKind::shape, length)});
    visit(Feature{FeatureKind::shape, slot(FeatureKind::shape, 100 + length * 2 + (sentence.question ? 1U : 0U))});
}

// Words speak the more quietly the more of them there are; otherwise many that say nothing would outshout the one that
// does. Rules and shape do not.
[[nodiscard]] inline bool is_quiet(FeatureKind kind) { return kind < FeatureKind::rule; }
[[nodiscard]] inline float loudness(const Sentence& sentence) {
    constexpr float enough = 6;
    const auto words = static_cast<float>(sentence.last - sentence.first);
    return words <= enough ? 1.0F : std::sqrt(enough / words);
}

}  // namespace feature

// Of sentence number `s`.
template <class Visit>
void for_each_sentence_feature(const Text& text, std::uint16_t s, const RuleHits& hits, feature::Core& core,
                               const Visit& visit) {
    const Sentence& sentence = text.sentences[s];
    feature::find_core(text, sentence, core);
    feature::words(text, sentence, visit);
    feature::classes(text, core, visit);
    feature::letters(text, sentence, visit);
    feature::rules(hits, s, visit);
    feature::shape(sentence, core, visit);
}

// Of the message as a whole; they speak for every sentence in it.
template <class Visit>
void for_each_message_feature(const Text& text, const RuleHits& hits, const Visit& visit) {
    using feature::slot;
    Classes seen = 0;
    for (std::size_t i = 0; i < text.token_count; ++i) seen |= text.tokens[i].classes;
    for (Classes a = seen; a != 0; a &= a - 1) {
        const auto one = static_cast<std::uint64_t>(std::countr_zero(a));
        visit(Feature{FeatureKind::message_class, slot(FeatureKind::message_class, one)});
    }
    for (const RuleHit& hit : hits.all()) {
        if (hit.silenced) continue;
        visit(Feature{FeatureKind::message_rule, slot(FeatureKind::message_rule, hit.rule), hit.first, hit.last});
    }
    const std::uint64_t sentences = std::min<std::uint64_t>(text.sentence_count, 5);
    const auto kind = FeatureKind::message_shape;
    visit(Feature{kind, slot(kind, sentences)});
    visit(Feature{kind, slot(kind, 20 + feature::bucket(text.token_count))});
    if (text.quoted) visit(Feature{kind, slot(kind, 40)});
    if (text.repaired) visit(Feature{kind, slot(kind, 41)});
    if (text.all_capitals) visit(Feature{kind, slot(kind, 42)});
}

}  // namespace whistlestop::optout::classify
