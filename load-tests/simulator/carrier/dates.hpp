#pragma once
// The three ways in which the carrier writes and reads a moment. All UTC, whole seconds.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/clock.hpp"

namespace simulator::carrier {

using WallSeconds = std::int64_t;

[[nodiscard]] constexpr WallSeconds seconds_of(WallMicros at) { return at / 1'000'000; }

// "Thu, 30 Jul 2015 20:12:31 +0000"
[[nodiscard]] std::string rfc2822(WallSeconds at);

// "2611231605", year to minute: RawDlrDoneDate
[[nodiscard]] std::string report_minute(WallSeconds at);

struct Moment {
    WallSeconds begin = 0;
    bool whole_day = false;  // it named a day, not a second of it
};

// "2026-11-23", "2026-11-23T16:05:09Z", "2026-11-23 16:05:09", "2026-11-23T18:05:09+02:00"; fractions are cut off.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

}  // namespace simulator::carrier
