#include "common/base/forward_clock.hpp"

#include <gtest/gtest.h>

#include "common/testing/manual_clock.hpp"

namespace whistlestop {
namespace {

constexpr std::int64_t hour = 3'600'000;

struct ForwardClockTest : testing::Test {
    ManualClock real;
    ForwardClock clock{real};
};

TEST_F(ForwardClockTest, FollowsTheOtherAsLongAsThatGoesForward) {
    const WallMs first = clock.wall();
    real.advance(7);
    EXPECT_EQ(clock.wall() - first, 7);
    real.set_wall(real.wall() + hour);
    EXPECT_EQ(clock.wall() - first, hour + 7);
}

TEST_F(ForwardClockTest, NeverGoesBackNorStandsStillHoweverOftenItIsRead) {
    const WallMs first = clock.wall();
    real.set_wall(real.wall() + -hour);
    EXPECT_EQ(clock.wall(), first);
    for (int i = 0; i < 1000; ++i) {
        const WallMs before = clock.wall();
        real.advance(1);
        EXPECT_LE(clock.wall() - before, 1);
        EXPECT_GE(clock.wall() - before, 0);
    }
    EXPECT_EQ(clock.wall() - first, 500);
}

TEST_F(ForwardClockTest, IsRightAgainAfterTwiceTheStep) {
    const auto pass = [this](std::int64_t milliseconds) {
        for (std::int64_t passed = 0; passed < milliseconds; passed += 10) {
            real.advance(10);
            static_cast<void>(clock.wall());
        }
    };
    EXPECT_EQ(clock.wall(), real.wall());
    real.set_wall(real.wall() + -hour);
    EXPECT_EQ(clock.wall() - real.wall(), hour);
    pass(hour);
    EXPECT_EQ(clock.wall() - real.wall(), hour / 2);
    pass(hour);
    EXPECT_EQ(clock.wall(), real.wall());
    pass(10);
    EXPECT_EQ(clock.wall(), real.wall());
}

}  // namespace
}  // namespace whistlestop
