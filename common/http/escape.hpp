#pragma once
// Percent-escapes, for url.cpp and form.cpp. Pure.
//
// The two differ in one thing: in a form a plus sign is a space.

#include <cstdint>
#include <string>
#include <string_view>

namespace whistlestop::http {

enum class Plus : std::uint8_t { is_plus, is_space };

// False on a bad escape; `out` then holds what came before it.
[[nodiscard]] bool append_unescaped(std::string& out, std::string_view text, Plus plus);

void append_escaped(std::string& out, std::string_view text, Plus plus);

}  // namespace whistlestop::http
