#include "common/domain/utf8.hpp"

#include <cstdint>

#include "common/base/check.hpp"

namespace whistlestop {
namespace {

// What may follow a lead byte. Source: Unicode 15, table 3-7, "Well-Formed UTF-8 Byte Sequences".
struct Lead {
    std::uint8_t length = 0;  // 0: no lead byte
    std::uint8_t bits = 0;    // of the code point
    std::uint8_t second_min = 0x80;
    std::uint8_t second_max = 0xBF;
};

constexpr Lead lead_of(std::uint8_t byte) {
    const auto low = [byte](int mask) { return static_cast<std::uint8_t>(byte & mask); };
    if (byte >= 0xC2 && byte <= 0xDF) return {2, low(0x1F)};
    if (byte == 0xE0) return {3, low(0x0F), 0xA0};
    if (byte == 0xED) return {3, low(0x0F), 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {3, low(0x0F)};
    if (byte == 0xF0) return {4, low(0x07), 0x90};
    if (byte == 0xF4) return {4, low(0x07), 0x80, 0x8F};
    if (byte >= 0xF1 && byte <= 0xF3) return {4, low(0x07)};
    return {};
}

// A code point and how many bytes it took; `valid` is false for U+FFFD that stands for wrong bytes.
struct Taken {
    char32_t value = replacement_character;
    std::size_t bytes = 1;
    bool valid = false;
};

Taken look(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    if (byte(0) < 0x80) return {byte(0), 1, true};
    const Lead lead = lead_of(byte(0));
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const std::uint8_t min = i == 1 ? lead.second_min : std::uint8_t{0x80};
        const std::uint8_t max = i == 1 ? lead.second_max : std::uint8_t{0xBF};
        if (i == text.size() || byte(i) < min || byte(i) > max) return {replacement_character, i, false};
        value = value << 6 | (byte(i) & 0x3FU);
    }
    if (lead.length == 0) return {};
    return {value, lead.length, true};
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
    check(!text.empty());
    const Taken taken = look(text);
    text.remove_prefix(taken.bytes);
    return taken.value;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Taken taken = look(text);
        if (!taken.valid) return false;
        text.remove_prefix(taken.bytes);
    }
    return true;
}

std::string_view utf8_beginning(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace whistlestop
