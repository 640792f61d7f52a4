#include "common/base/hash.hpp"

#include <nmmintrin.h>
#include <sodium.h>

#include <cstring>

#include "common/base/check.hpp"

namespace whistlestop {
namespace {

std::uint32_t load32(const char* bytes) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

}  // namespace

std::uint32_t murmur2(std::string_view key) {
    constexpr std::uint32_t seed = 0x9747b28c;
    constexpr std::uint32_t m = 0x5bd1e995;
    constexpr int r = 24;
    std::uint32_t h = seed ^ static_cast<std::uint32_t>(key.size());
    while (key.size() >= 4) {
        std::uint32_t k = load32(key.data());
        k *= m;
        k ^= k >> r;
        k *= m;
        h *= m;
        h ^= k;
        key.remove_prefix(4);
    }
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(key[i])); };
    if (key.size() >= 3) h ^= byte(2) << 16;
    if (key.size() >= 2) h ^= byte(1) << 8;
    if (!key.empty()) {
        h ^= byte(0);
        h *= m;
    }
    h ^= h >> 13;
    h *= m;
    h ^= h >> 15;
    return h & 0x7fffffff;
}

Digest digest(std::initializer_list<std::string_view> parts) {
    crypto_generichash_state state;
    Digest out{};
    check(crypto_generichash_init(&state, nullptr, 0, out.size()) == 0);
    for (const std::string_view part : parts) {
        const std::uint64_t size = part.size();
        unsigned char framed[sizeof size];
        std::memcpy(framed, &size, sizeof size);
        crypto_generichash_update(&state, framed, sizeof framed);
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    crypto_generichash_final(&state, out.data(), out.size());
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        out.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
        out.push_back(digits[static_cast<unsigned char>(byte) & 15]);
    }
    return out;
}

__attribute__((target("sse4.2"))) std::uint32_t crc32c(std::string_view bytes) {
    std::uint64_t crc = 0xffffffff;
    while (bytes.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        crc = _mm_crc32_u64(crc, word);
        bytes.remove_prefix(8);
    }
    auto narrow = static_cast<std::uint32_t>(crc);
    for (const char byte : bytes) narrow = _mm_crc32_u8(narrow, static_cast<unsigned char>(byte));
    return narrow ^ 0xffffffff;
}

}  // namespace whistlestop
