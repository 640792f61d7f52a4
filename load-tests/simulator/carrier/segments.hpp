#pragma once
// How many segments a text is, as a carrier counts and bills it (3GPP TS 23.038 and 23.040).
//
// GSM-7: 160 septets in one segment, 153 in each of a chain; the characters of the extension table take two septets,
// and such a pair is never cut. Everything else is UCS-2: 70 and 67 UTF-16 units, and a surrogate pair is never cut. An
// empty text is one segment. Bytes that are not UTF-8 count as U+FFFD.

#include <string_view>

namespace simulator::carrier {

[[nodiscard]] unsigned segments_of(std::string_view text);

}  // namespace simulator::carrier
