#pragma once
// application/x-www-form-urlencoded, both ways.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace simulator::carrier {

using Fields = std::vector<std::pair<std::string, std::string>>;

// In the order of `text`. A '%' without two hex digits stands for itself.
[[nodiscard]] Fields parse_form(std::string_view text);

[[nodiscard]] std::string encode_form(const Fields& fields);

// The first field of that name; empty where there is none.
[[nodiscard]] std::string_view field(const Fields& fields, std::string_view name);

}  // namespace simulator::carrier
