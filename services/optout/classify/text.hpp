#pragma once
// Text: a message as the classifier sees it, words in sentences, in buffers of fixed size.
//
// Made to be reused: one Text per thread, filled again for every message, nothing allocated. What does not fit is not
// read (the head and the tail of a message are; see `strip_noise`), so time is bounded whatever arrives.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "services/optout/classify/lexicon.hpp"

namespace whistlestop::optout::classify {

enum class TokenKind : std::uint8_t { word, number, link, emoji, ideograph, hashtag };
enum class Break : std::uint8_t { none, sentence, question };

struct Token {
    std::uint64_t hash = 0;  // of the letters
    Classes classes = 0;
    std::uint32_t id = 0;         // in the lexicon; 0: not in it
    std::uint32_t raw_begin = 0;  // bytes of the message, for evidence
    std::uint32_t raw_end = 0;
    std::uint16_t begin = 0;  // in Text::letters
    std::uint16_t size = 0;
    TokenKind kind = TokenKind::word;
    Break after = Break::none;
    bool after_comma = false;  // a comma or a dash stands before it

    [[nodiscard]] bool is(WordClass word_class) const { return (classes & bit(word_class)) != 0; }
};

struct Sentence {
    std::uint16_t first = 0;
    std::uint16_t last = 0;  // one past the end
    bool question = false;
};

struct Text {
    static constexpr std::size_t token_max = 2'304;  // every second byte of what is read, and room for glued words
    static constexpr std::size_t sentence_max = 64;  // the last one takes the rest
    static constexpr std::size_t letters_max = 12'288;

    std::array<Token, token_max> tokens;
    std::array<Sentence, sentence_max> sentences;
    std::array<char, letters_max> letters;
    std::uint16_t token_count = 0;
    std::uint16_t sentence_count = 0;
    std::uint16_t letter_count = 0;
    bool reaction = false;  // a phone's reaction that quotes a text of ours
    bool quoted = false;    // part of it quotes our own footer
    bool repaired = false;  // a disguise was undone: typo, spacing, look-alike, glued words
    bool all_capitals = false;

    [[nodiscard]] std::string_view word(const Token& token) const { return {letters.data() + token.begin, token.size}; }
    [[nodiscard]] std::string_view word(std::size_t i) const { return word(tokens[i]); }

    void clear() {
        token_count = sentence_count = letter_count = 0;
        reaction = quoted = repaired = all_capitals = false;
    }
};

// One sentence per line, words between blanks, a question mark where there was one. Normalising that again gives the
// same text.
[[nodiscard]] std::string to_string(const Text& text);

}  // namespace whistlestop::optout::classify
