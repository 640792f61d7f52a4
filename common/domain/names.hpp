#pragma once
// Names: the ids that platforms choose (organisation, campaign, step, request), checked at the door.

#include <algorithm>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop {

inline constexpr std::size_t name_size_max = 64;
inline constexpr std::string_view everybody = "*";  // the organisation of what holds for all; no name looks like it

[[nodiscard]] constexpr bool is_name(std::string_view value) {
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view{"@._-"}.contains(c);
    };
    return !value.empty() && value.size() <= name_size_max && std::ranges::all_of(value, allowed);
}

// Fault::invalid names the field and the limit, never the value (somebody may have put a phone number there).
[[nodiscard]] inline Result<void> check_name(std::string_view field, std::string_view value) {
    if (is_name(value)) return {};
    return fail(Fault::invalid, std::string{field} + ": want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
}

}  // namespace whistlestop
