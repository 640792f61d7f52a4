#pragma once
// Characters: what one code point of a message means for classification.
//
// Reading never fails: a byte that is not UTF-8 becomes U+FFFD, one byte long. `fold` is idempotent: folding what it
// answers changes nothing. Look-alikes of other alphabets are not folded here, because real Russian is not English in
// disguise; `latin_twin` answers what such a letter imitates, and only the keyword tests use it.

#include <cstdint>
#include <string_view>

namespace whistlestop::optout::classify {

struct CodePoint {
    char32_t value = 0;
    std::uint8_t bytes = 1;
};

// The code point at `at`, which must be inside `text`.
[[nodiscard]] CodePoint read_code_point(std::string_view text, std::size_t at);

enum class CharacterKind : std::uint8_t {
    letter,      // belongs to a word
    digit,       // '0' to '9'
    ideograph,   // a word of its own
    space,       // ends a word
    comma,       // ends a word, begins another clause
    line_break,  // ends a sentence
    full_stop,   // ends a sentence when a blank or the end follows
    ender,       // ends a sentence
    apostrophe,  // vanishes inside a word
    hyphen,      // ends a word, joins letters that are spelled out
    symbol,      // ends a word, may stand for a letter ($, @, +)
    emoji,
    nothing,  // invisible: dropped wherever it stands
};

struct Character {
    char32_t value = 0;  // folded: lower case, without accents, ASCII where it imitates ASCII
    CharacterKind kind = CharacterKind::nothing;
};

[[nodiscard]] Character fold(char32_t value);

// The Latin letter that `value` (already folded, not ASCII) looks like; 0 if none.
[[nodiscard]] char latin_twin(char32_t value);

// The letter that a digit or a symbol may stand for in a disguised keyword (0 for o, $ for s); 0 if none.
[[nodiscard]] char leet_twin(char32_t value);

[[nodiscard]] inline bool is_regional_indicator(char32_t value) { return value >= 0x1F1E6 && value <= 0x1F1FF; }

// Writes UTF-8 at `out` (room for four bytes); answers how many bytes.
std::uint8_t write_code_point(char32_t value, char* out);

}  // namespace whistlestop::optout::classify
