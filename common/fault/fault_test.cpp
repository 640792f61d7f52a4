#include "common/fault/fault.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <set>

namespace whistlestop::fault {
namespace {

class FaultPoints : public testing::Test {
protected:
    void TearDown() override {
        ::unsetenv("WHISTLESTOP_FAULT");
        reset();
    }
};

TEST_F(FaultPoints, DoNothingWhileNothingIsArmed) {
    for (const Named& named : names()) point(named.point);
    for (const std::uint64_t count : hits()) EXPECT_EQ(count, 0U);
}

TEST_F(FaultPoints, HaveNamesOfTheirOwn) {
    std::set<std::string_view> seen;
    for (const Named& named : names()) {
        EXPECT_TRUE(seen.insert(named.name).second) << named.name;
        EXPECT_FALSE(named.means.empty()) << named.name;
    }
}

TEST_F(FaultPoints, ActAtTheNthHitAndOnce) {
    arm(log_before_sync, 3, throw_crash);
    EXPECT_NO_THROW(point(log_before_sync));
    EXPECT_NO_THROW(point(log_before_write));
    EXPECT_NO_THROW(point(log_before_sync));
    EXPECT_THROW(point(log_before_sync), Crash);
    EXPECT_NO_THROW(point(log_before_sync));
}

TEST_F(FaultPoints, CountOnlyWhenTold) {
    point(effect_answered);
    count_hits();
    point(effect_answered);
    point(effect_answered);
    EXPECT_EQ(hits()[static_cast<std::size_t>(effect_answered)], 2U);
    reset();
    point(effect_answered);
    EXPECT_EQ(hits()[static_cast<std::size_t>(effect_answered)], 0U);
}

TEST_F(FaultPoints, KillTheProcessWhenTheEnvironmentSaysSo) {
    const auto run = [] {
        ::setenv("WHISTLESTOP_FAULT", "log_before_sync:9,intake_after_durable:2", 1);
        if (!arm_from_environment()) std::exit(1);
        point(intake_after_durable);
        point(intake_after_durable);
        std::exit(2);
    };
    EXPECT_EXIT(run(), testing::KilledBySignal(SIGKILL), "");
}

TEST_F(FaultPoints, RefuseASettingThatIsNoPoint) {
    for (const char* bad : {"log_before_sink:1", "log_before_sync", "log_before_sync:", "log_before_sync:0",
                            "log_before_sync:1x", "log_before_sync:1,", ":1", "log_before_sync:-1"}) {
        ::setenv("WHISTLESTOP_FAULT", bad, 1);
        const auto armed = arm_from_environment();
        ASSERT_FALSE(armed.has_value()) << bad;
        EXPECT_EQ(armed.error().fault, Fault::invalid) << bad;
        EXPECT_NO_THROW(point(log_before_sync)) << bad;
    }
}

TEST_F(FaultPoints, ASettingThatIsAbsentArmsNothing) { EXPECT_TRUE(arm_from_environment().has_value()); }

}  // namespace
}  // namespace whistlestop::fault
