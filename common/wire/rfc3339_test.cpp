#include "common/wire/rfc3339.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace whistlestop {
namespace {

struct Row {
    std::string_view text;
    std::optional<WallMs> want;
};

TEST(Rfc3339, ReadsEveryRow) {
    const Row rows[] = {
        {"1970-01-01T00:00:00Z", WallMs{0}},
        {"1970-01-01T00:00:00.001Z", WallMs{1}},
        {"1970-01-01t00:00:01.5z", WallMs{1500}},
        {"1970-01-01 00:00:00Z", WallMs{0}},
        {"1970-01-01T00:00:00.0019999Z", WallMs{1}},
        {"1970-01-01T01:00:00+01:00", WallMs{0}},
        {"1969-12-31T18:30:00-05:30", WallMs{0}},
        {"1969-12-31T23:59:59.999Z", WallMs{-1}},
        {"2000-02-29T12:34:56.789Z", WallMs{951'827'696'789}},  // `date -u -d … +%s`
        {"2026-11-03T18:00:00-05:00", WallMs{1'793'746'800'000}},
        {"2016-12-31T23:59:60Z", WallMs{1'483'228'799'000}},  // a leap second
        {"", std::nullopt},
        {"1970-01-01", std::nullopt},
        {"1970-01-01T00:00:00", std::nullopt},  // no offset
        {"1970-01-01T00:00Z", std::nullopt},
        {"1970-01-01T00:00:00.Z", std::nullopt},
        {"1970-01-01T24:00:00Z", std::nullopt},
        {"1970-01-01T00:60:00Z", std::nullopt},
        {"1970-01-01T00:00:61Z", std::nullopt},
        {"1970-13-01T00:00:00Z", std::nullopt},
        {"1970-02-29T00:00:00Z", std::nullopt},
        {"1970-01-01T00:00:00+0100", std::nullopt},
        {"1970-01-01T00:00:00Z ", std::nullopt},
        {"197O-01-01T00:00:00Z", std::nullopt},
    };
    for (const Row& row : rows) EXPECT_EQ(parse_rfc3339(row.text), row.want) << row.text;
}

TEST(Rfc3339, WritesWhatItReads) {
    for (std::int64_t time = -62'000'000'000'000; time < 250'000'000'000'000; time += 86'399'999'977)
        ASSERT_EQ(parse_rfc3339(rfc3339({time})), WallMs{time});
    EXPECT_EQ(rfc3339({951'827'696'789}), "2000-02-29T12:34:56.789Z");
    EXPECT_EQ(rfc3339({-1}), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, StaysWithinWhatTheFormatCanSay) {
    EXPECT_EQ(rfc3339({INT64_MIN}), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(rfc3339({INT64_MAX}), "9999-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace whistlestop
