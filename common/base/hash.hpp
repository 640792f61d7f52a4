#pragma once
// The three hashes of the project, each for one purpose.
//
// murmur2: which partition a key belongs to; equals the Java client's, so that platforms on the JVM agree with us.
// Digest: ids that are derived, not drawn (BLAKE2b, 16 bytes): the same request gives the same id for ever.
// crc32c: whether a frame on disk is whole.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace whistlestop {

// Kafka's murmur2, already made positive (`toPositive`).
[[nodiscard]] std::uint32_t murmur2(std::string_view key);

[[nodiscard]] inline std::uint32_t partition_of(std::string_view key, std::uint32_t partitions) {
    return murmur2(key) % partitions;
}

using Digest = std::array<std::uint8_t, 16>;

// Of the parts, each framed by its length, so that ("ab", "c") and ("a", "bc") differ.
[[nodiscard]] Digest digest(std::initializer_list<std::string_view> parts);

[[nodiscard]] std::string hex(std::string_view bytes);
[[nodiscard]] inline std::string hex(std::span<const std::uint8_t> bytes) {
    return hex(std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

[[nodiscard]] inline std::string_view bytes_of(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

}  // namespace whistlestop
