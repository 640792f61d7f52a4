#pragma once
// Bytes: fixed-width integers in and out of byte strings.
//
// Little-endian for frames (read in place), big-endian for keys (so that byte order is number order).

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "common/base/check.hpp"

namespace whistlestop {

static_assert(std::endian::native == std::endian::little);

template <std::unsigned_integral T>
void put_little(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Takes the integer off the front of `bytes`, which must hold it.
template <std::unsigned_integral T>
[[nodiscard]] T take_little(std::string_view& bytes) {
    check(bytes.size() >= sizeof(T));
    T value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

template <std::unsigned_integral T>
void put_big(std::string& out, T value) {
    for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xff));
}

template <std::unsigned_integral T>
[[nodiscard]] T take_big(std::string_view& bytes) {
    check(bytes.size() >= sizeof(T));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(sizeof(T));
    return static_cast<T>(value);
}

}  // namespace whistlestop
