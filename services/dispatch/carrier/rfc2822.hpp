#pragma once
// Dates as Twilio's API writes them: RFC 2822, 3.3 ("Thu, 30 Jul 2015 20:12:31 +0000").

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whistlestop::twilio {

// Seconds since 1970. The weekday may be missing and is not checked; the zone must be numeric or GMT.
[[nodiscard]] std::optional<std::int64_t> parse_rfc2822(std::string_view text);

// "2015-07-30T20:12:31Z", as a filter of the list wants it.
[[nodiscard]] std::string format_utc(std::int64_t seconds);

}  // namespace whistlestop::twilio
