#pragma once
// RFC 3339 times, by hand: a date in an envelope is read and written for every record.

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"

namespace whistlestop {

// "2026-11-03T18:00:00.000Z". Outside of the years 0 to 9999, which the format cannot say, the nearest it can.
[[nodiscard]] std::string rfc3339(WallMs time);

// Any offset, any number of decimals (what is finer than a millisecond is cut off); a leap second is the second before.
[[nodiscard]] std::optional<WallMs> parse_rfc3339(std::string_view text);

}  // namespace whistlestop
