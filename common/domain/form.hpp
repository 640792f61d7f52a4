#pragma once
// Form: application/x-www-form-urlencoded, bodies and query strings.
//
// Strict, because what is decoded here was signed: a broken escape, a field without "=" or without a name refuses the
// whole form; nothing is repaired. Fields keep their order and repeats. Values are bytes: who wants text checks UTF-8.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.hpp"

namespace whistlestop {

using Form = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t form_fields_max = 256;  // Twilio sends about 20, and two more for each of 10 media files

// The empty string is the empty form. Fault::invalid says what is wrong, never with a part of the form.
[[nodiscard]] Result<Form> decode_form(std::string_view encoded);

// Blank as "+"; all but letters, digits and "*-._" escaped (WHATWG URL Standard, "application/x-www-form-urlencoded").
[[nodiscard]] std::string encode_form(const Form& form);

// The first field of that name; null if there is none.
[[nodiscard]] const std::string* find_field(const Form& form, std::string_view name);

}  // namespace whistlestop
