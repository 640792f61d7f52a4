#include "common/http/message.hpp"

#include <algorithm>

namespace whistlestop::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }

}  // namespace

const std::string* find_header(const std::vector<Header>& headers, std::string_view name) {
    const auto found = std::ranges::find_if(headers, [&](const Header& h) { return same_name(h.name, name); });
    return found == headers.end() ? nullptr : &found->value;
}

bool fits_in_head(std::string_view text) { return std::ranges::none_of(text, is_control); }

}  // namespace whistlestop::http
