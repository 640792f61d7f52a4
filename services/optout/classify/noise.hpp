#pragma once
// Noise: what a phone adds to a message and nobody said.
//
// A reaction ("Liked “… Reply STOP to opt out.”") quotes our own text, and so must never count as a STOP; nor does a
// quotation of our footer inside a message. Answers at most three ranges of the message that a person wrote, in order.
// What a phone signs with is cut later, from the words (see signature.hpp).

#include <array>
#include <cstdint>
#include <string_view>

namespace whistlestop::optout::classify {

struct Written {
    static constexpr std::size_t parts_max = 3;
    std::array<std::string_view, parts_max> parts{};  // views into the message
    std::size_t part_count = 0;
    bool reaction = false;
    bool quoted = false;
};

// Of a longer message only the first `head_bytes_max` and the last `tail_bytes_max` bytes are read.
inline constexpr std::size_t head_bytes_max = 3'072;
inline constexpr std::size_t tail_bytes_max = 1'024;

[[nodiscard]] Written strip_noise(std::string_view message);

}  // namespace whistlestop::optout::classify
