#pragma once
// Chance that repeats: a hash that decides from (seed, what) alone, so that the same text or phone meets the same fate
// in every run whatever the order, and dice for latencies, which need no such promise.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace simulator {

using std::chrono::milliseconds;

// A span of time to draw from, both ends included.
struct Span {
    milliseconds min{0};
    milliseconds max{0};
};

// One step of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the result.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

// FNV-1a over the parts, each closed by its length so that ("ab", "c") and ("a", "bc") differ.
[[nodiscard]] constexpr std::uint64_t seeded_hash(std::uint64_t seed, std::initializer_list<std::string_view> parts) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ mix(seed);
    for (const std::string_view part : parts) {
        for (const char byte : part) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x100000001b3U;
        hash = (hash ^ part.size()) * 0x100000001b3U;
    }
    return mix(hash);
}

// An independent draw from a hash that was already used: `nth` names the question asked of it.
[[nodiscard]] constexpr unsigned permille(std::uint64_t hash, std::uint64_t nth = 0) {
    return static_cast<unsigned>(mix(hash + nth) % 1000U);
}

[[nodiscard]] constexpr milliseconds drawn(const Span& span, std::uint64_t hash) {
    if (span.max <= span.min) return span.min;
    const auto width = static_cast<std::uint64_t>((span.max - span.min).count()) + 1U;
    return span.min + milliseconds{static_cast<std::int64_t>(hash % width)};
}

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}
    std::uint64_t roll() { return mix(state_++); }
    milliseconds within(const Span& span) { return drawn(span, roll()); }

private:
    std::uint64_t state_;
};

}  // namespace simulator
