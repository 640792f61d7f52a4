#pragma once
// UTF-8, read one code point at a time.
//
// What is not UTF-8 (overlong forms, surrogates, values above U+10FFFF, truncated sequences, stray bytes) comes out as
// U+FFFD, once per maximal wrong part: Unicode 15, section 3.9, "U+FFFD Substitution of Maximal Subparts".

#include <cstddef>
#include <string_view>

namespace whistlestop {

inline constexpr char32_t replacement_character = 0xFFFD;

// Takes the first code point off `text`, which must not be empty; always takes at least one byte.
[[nodiscard]] char32_t take_code_point(std::string_view& text);

[[nodiscard]] bool is_utf8(std::string_view text);

// As much of its beginning as fits, without the half of a character at the end.
[[nodiscard]] std::string_view utf8_beginning(std::string_view text, std::size_t bytes_max);

}  // namespace whistlestop
