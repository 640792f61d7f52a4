#pragma once
// Form: application/x-www-form-urlencoded, the shape of most webhooks. Pure.
//
// Order and repeats are kept: some carriers sign the fields in their order. Strict: what a browser would guess at is
// refused, since a signature over a guess proves nothing.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace whistlestop::http {

struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field&, const Field&) = default;
};

// Fault::invalid on a bad escape, an empty name, or more than `fields_max` fields. Empty text is no field.
[[nodiscard]] Result<std::vector<Field>> parse_form(std::string_view text, std::size_t fields_max = 256);

// The value of the first field of that name; null if there is none. Points into `fields`.
[[nodiscard]] const std::string* find_field(const std::vector<Field>& fields, std::string_view name);

[[nodiscard]] std::string encode_form(const std::vector<Field>& fields);

}  // namespace whistlestop::http
