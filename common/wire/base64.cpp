#include "common/wire/base64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace whistlestop {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t foreign = 0xff;

constexpr auto values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(foreign);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

constexpr std::uint32_t value_of(char c) { return values[static_cast<unsigned char>(c)]; }

// The first `count` of 1 to 3 bytes, as the upper bits of 24.
constexpr std::uint32_t join(const char* bytes, std::size_t count) {
    std::uint32_t joined = 0;
    for (std::size_t i = 0; i < 3; ++i) joined = joined << 8 | (i < count ? static_cast<unsigned char>(bytes[i]) : 0U);
    return joined;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const std::size_t at = out.size();
    out.resize(at + (bytes.size() + 2) / 3 * 4, '=');
    char* to = out.data() + at;
    for (std::size_t i = 0; i < bytes.size(); i += 3, to += 4) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        const std::uint32_t joined = join(bytes.data() + i, count);
        for (std::size_t k = 0; k <= count; ++k) to[k] = alphabet[joined >> (18 - 6 * k) & 0x3f];
    }
}

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;

    std::string bytes(text.size() / 4 * 3, '\0');
    char* to = bytes.data();
    for (std::size_t i = 0; i < text.size(); i += 4, to += 3) {
        const std::size_t pad = i + 4 == text.size() ? padding : 0;
        std::uint32_t joined = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint32_t value = k < 4 - pad ? value_of(text[i + k]) : 0;
            if (value == foreign) return std::nullopt;
            joined = joined << 6 | value;
        }
        if (pad > 0 && (joined & ((1U << 8 * pad) - 1)) != 0) return std::nullopt;
        for (std::size_t k = 0; k < 3; ++k) to[k] = static_cast<char>(joined >> (16 - 8 * k) & 0xff);
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace whistlestop
