#include "common/http/escape.hpp"

#include <array>

namespace whistlestop::http {
namespace {

// Minus one: not a digit.
constexpr std::array<int, 256> make_hex_values() {
    std::array<int, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = i;
    for (int i = 0; i < 6; ++i) {
        values[static_cast<std::size_t>('a' + i)] = 10 + i;
        values[static_cast<std::size_t>('A' + i)] = 10 + i;
    }
    return values;
}

constexpr std::array<bool, 256> make_unreserved() {
    std::array<bool, 256> unreserved{};
    for (int c = 'a'; c <= 'z'; ++c) unreserved[static_cast<std::size_t>(c)] = true;
    for (int c = 'A'; c <= 'Z'; ++c) unreserved[static_cast<std::size_t>(c)] = true;
    for (int c = '0'; c <= '9'; ++c) unreserved[static_cast<std::size_t>(c)] = true;
    for (const unsigned char c : {'-', '.', '_', '~'}) unreserved[c] = true;
    return unreserved;
}

constexpr std::array<int, 256> hex_values = make_hex_values();
constexpr std::array<bool, 256> unreserved_characters = make_unreserved();

int hex_value(char c) { return hex_values[static_cast<unsigned char>(c)]; }

}  // namespace

bool append_unescaped(std::string& out, std::string_view text, Plus plus) {
    const std::string_view special = plus == Plus::is_space ? "%+" : "%";
    for (;;) {
        const std::size_t at = text.find_first_of(special);
        out.append(text.substr(0, at));
        if (at == std::string_view::npos) return true;
        text.remove_prefix(at);
        if (text.front() == '+') {
            out.push_back(' ');
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 3 || hex_value(text[1]) < 0 || hex_value(text[2]) < 0) return false;
        out.push_back(static_cast<char>(hex_value(text[1]) * 16 + hex_value(text[2])));
        text.remove_prefix(3);
    }
}

void append_escaped(std::string& out, std::string_view text, Plus plus) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved_characters[byte]) {
            out.push_back(c);
        } else if (c == ' ' && plus == Plus::is_space) {
            out.push_back('+');
        } else {
            out.append({'%', digits[byte / 16], digits[byte % 16]});
        }
    }
}

}  // namespace whistlestop::http
