#include "services/dispatch/carrier/rfc2822.hpp"

#include <gtest/gtest.h>

namespace whistlestop::twilio {
namespace {

TEST(Rfc2822, DatesAreReadInEveryZone) {
    const std::pair<const char*, std::int64_t> rows[] = {
        {"Thu, 01 Jan 1970 00:00:00 +0000", 0},
        {"Thu, 30 Jul 2015 20:12:31 +0000", 1'438'287'151},
        {"30 Jul 2015 20:12:31 +0000", 1'438'287'151},
        {"Thu, 30 Jul 2015 20:12:31 GMT", 1'438'287'151},
        {"Thu, 30 Jul 2015 22:12:31 +0200", 1'438'287'151},
        {"Thu, 30 Jul 2015 14:42:31 -0530", 1'438'287'151},
        {"Sat, 29 Feb 2020 00:00:00 -0000", 1'582'934'400},
        {"Mon, 6 Jan 2020 00:00:00 +0000", 1'578'268'800},
        {"Wed, 31 Dec 1969 23:59:59 +0000", -1},
    };
    for (const auto& [text, want] : rows) EXPECT_EQ(parse_rfc2822(text), want) << text;
}

TEST(Rfc2822, WhatIsNoDateIsNone) {
    for (const char* bad :
         {"", "x", "Thu, ", "2015-07-30T20:12:31Z", "Thu, 30 Jul 2015 20:12:31", "Thu, 30 Jul 2015 20:12:31 ",
          "Thu, 30 Jul 2015 20:12:31 +000", "Thu, 30 Jul 2015 20:12:31 +00000", "Thu, 30 Jul 2015 20:12:31 EST",
          "Thu, 31 Jun 2015 20:12:31 +0000", "Sun, 29 Feb 2015 00:00:00 +0000", "Thu, 00 Jul 2015 20:12:31 +0000",
          "Thu, 30 anF 2015 20:12:31 +0000", "Thu, 30 Jul 15 20:12:31 +0000", "Thu, 30 Jul 2015 24:00:00 +0000",
          "Thu, 30 Jul 2015 20:60:00 +0000", "Thu, 30 Jul 2015 20:12:61 +0000", "Thu, 30 Jul 2015 2:12:31 +0000",
          "30 Ju"})
        EXPECT_EQ(parse_rfc2822(bad), std::nullopt) << bad;
}

TEST(Rfc2822, TheFiltersFormIsUtc) {
    EXPECT_EQ(format_utc(1'438'287'151), "2015-07-30T20:12:31Z");
    EXPECT_EQ(format_utc(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(format_utc(1'582'934'399), "2020-02-28T23:59:59Z");
}

}  // namespace
}  // namespace whistlestop::twilio
