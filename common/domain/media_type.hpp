#pragma once
// Media types, as a Content-Type header names them.

#include <algorithm>
#include <string_view>

namespace whistlestop {

inline constexpr std::string_view form_type = "application/x-www-form-urlencoded";
inline constexpr std::string_view json_type = "application/json";

// Is `content_type` that media type (given in lower case), whatever its parameters and its case?
[[nodiscard]] constexpr bool is_media_type(std::string_view content_type, std::string_view type) {
    const std::string_view given = content_type.substr(0, content_type.find_first_of("; "));
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(given, type, {}, lower);
}

}  // namespace whistlestop
