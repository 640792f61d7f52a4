#pragma once
// Message: what an HTTP request and an answer have in common.
//
// Header names keep the case they came with; they are compared without it.

#include <string>
#include <string_view>
#include <vector>

namespace whistlestop::http {

struct Header {
    std::string name;
    std::string value;
};

// The first header of that name; null if there is none. Points into `headers`.
[[nodiscard]] const std::string* find_header(const std::vector<Header>& headers, std::string_view name);

// Whether the text may stand in a head: no control character, so nobody can smuggle a line into it.
[[nodiscard]] bool fits_in_head(std::string_view text);

}  // namespace whistlestop::http
