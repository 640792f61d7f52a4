#pragma once
// Segments: what carriers count, limit and bill.
//
// A text whose every character is in the GSM 7-bit default alphabet or its extension table (3GPP TS 23.038, 6.2.1)
// takes 160 septets in one segment or 153 in each of a chain; an extension character takes two. One other character
// makes the whole text UCS-2: 70 UTF-16 code units, or 67 in each of a chain. The two septets of an extension character
// and the two halves of a surrogate pair never stand on both sides of a border, so dividing is not enough.
// National shift tables are not used. CR LF is two septets. Bytes that are not UTF-8 count as U+FFFD, hence as UCS-2.
// The empty text is 0 units in 1 segment, as TwilioDevEd/message-segment-calculator answers; no carrier sends it.

#include <cstdint>
#include <string_view>

namespace whistlestop {

enum class Encoding : std::uint8_t { gsm7, ucs2 };

struct Segments {
    Encoding encoding = Encoding::gsm7;
    std::uint32_t units = 0;  // septets or UTF-16 code units
    std::uint32_t segments = 1;

    friend bool operator==(const Segments&, const Segments&) = default;
};

[[nodiscard]] Segments count_segments(std::string_view utf8);

// "GSM-7" or "UCS-2".
[[nodiscard]] constexpr std::string_view name_of(Encoding encoding) {
    return encoding == Encoding::gsm7 ? "GSM-7" : "UCS-2";
}

}  // namespace whistlestop
