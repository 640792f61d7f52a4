#pragma once
// The classifier with its built-in model, made once for all tests of this folder.

#include <memory>
#include <random>
#include <string>

#include "common/base/check.hpp"
#include "services/optout/classify/built_in_model.hpp"
#include "services/optout/classify/classifier.hpp"
#include "services/optout/classify/normalise.hpp"

namespace whistlestop::optout::classify {

inline const Classifier& tested_classifier() {
    static const Classifier classifier = [] {
        auto parts = parse_model(built_in_model());
        check(parts.has_value());
        return Classifier{std::move(*parts)};
    }();
    return classifier;
}

// What verdict_on() left there last.
inline Scratch& tested_scratch() {
    static const auto scratch = std::make_unique<Scratch>();
    return *scratch;
}

inline Verdict verdict_on(std::string_view message) { return tested_classifier().classify(message, tested_scratch()); }

inline std::string normalised(std::string_view message) {
    static const auto text = std::make_unique<Text>();
    normalise(message, tested_classifier().lexicon(), tested_classifier().model().real_words(), *text);
    return to_string(*text);
}

// Bytes as they come from nobody's phone: words, disguises, broken UTF-8, controls, other alphabets.
inline std::string random_message(std::mt19937_64& random) {
    constexpr std::string_view pieces[] = {"stop",
                                           "STOP",
                                           "s t o p",
                                           "S.T.O.P",
                                           "don't",
                                           "texting me",
                                           " ",
                                           "\n",
                                           ". ",
                                           "?!",
                                           "🛑",
                                           "🇺🇸",
                                           "ＳＴＯＰ",
                                           "ѕтор",
                                           "\u200b",
                                           "\u202e",
                                           "\xff",
                                           "\xc3",
                                           "\xe2\x80",
                                           "“Reply STOP to end”",
                                           "Liked “",
                                           "”",
                                           "sent from my iPhone",
                                           "unsuscribe",
                                           "stoptextingme",
                                           "http://a.b/c",
                                           "555-0100",
                                           "不要再发短信",
                                           "توقف",
                                           "#stop",
                                           "$top",
                                           "st0p",
                                           "aaa",
                                           "alto",
                                           "número",
                                           "\0x",
                                           "1",
                                           "'",
                                           ",",
                                           "-",
                                           "(",
                                           "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                                           "é\u0301",
                                           "quit",
                                           "no"};
    std::string out;
    for (std::size_t n = random() % 12; n > 0; --n) {
        out += pieces[random() % std::size(pieces)];
        if (random() % 2 == 0) out += ' ';
        if (random() % 8 == 0) out += static_cast<char>(random() % 256);
    }
    return out;
}

}  // namespace whistlestop::optout::classify
