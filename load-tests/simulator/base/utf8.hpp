#pragma once
// UTF-8, one code point at a time.

#include <cstddef>
#include <string_view>

namespace simulator {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 1;  // to step over; 1 where the bytes are not UTF-8
    bool valid = true;
};

// The code point that `text` (not empty) begins with. Overlong forms, surrogates and values past U+10FFFF are invalid.
[[nodiscard]] CodePoint first_code_point(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace simulator
