#include "common/runtime/worker.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/fault/fault.hpp"
#include "common/runtime/keys.hpp"
#include "common/testing/test_counter.hpp"

namespace whistlestop::counting {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Lt;
using testing::Not;
using testing::UnorderedElementsAre;

TEST_P(WorkerTest, EveryRecordIsHandledOnceThoughEveryCommitIsLostOnce) {
    for (int i = 0; i < 20; ++i) {
        say("a");
        driver.cycle();  // opens
        driver.cycle();
        EXPECT_GT(ground->log().waiting(), 0U);
        driver.crash();
        driver.settle();
    }
    const auto seen = events();
    ASSERT_EQ(seen.size(), 20U);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], fmt::format("a={}", i + 1));
}

TEST_P(WorkerTest, OpensWithEqualRowsFromAnyEarlierCheckpoint) {
    std::vector<MemoryStore> kept;
    for (int i = 0; i < 30; ++i) {
        say(fmt::format("key{}", i % 23));
        driver.advance(400);
        kept.push_back(ground->store());
    }
    const auto rows = driver.rows();
    std::set<Anchor> anchors;
    for (MemoryStore& store : kept) {
        anchors.insert(store.anchor());
        ground->store() = store;
        driver.crash();
        driver.settle();
        EXPECT_EQ(driver.rows(), rows);
    }
    EXPECT_GT(anchors.size(), 8U);
}

TEST_P(WorkerTest, AWorkerThatRestsCheckpointsToo) {
    say("a");
    driver.settle();
    ASSERT_EQ(ground->store().anchor(), "");
    driver.advance(1000);
    EXPECT_NE(ground->store().anchor(), "");
    driver.crash();
    say("a");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("a=1", "a=2"));
}

TEST_P(WorkerTest, ACheckpointHoldsNothingThatACrashCanTakeAway) {
    const auto under = std::make_shared<MemoryGround>(GetParam());
    StageDriver slow{[this] { return stages(world); }, {.records_per_cycle_max = 1, .checkpoint_ms = 1000}, under};
    slow.settle();
    for (const char* key : {"a", "b"}) slow.write({Topic::inbound, key, key, "x"});
    slow.cycle();
    slow.clock().advance(1000);
    slow.cycle();  // a checkpoint is due, of both commits
    ASSERT_EQ(under->log().waiting(), 2U);
    under->log().sync(1);
    slow.cycle();
    slow.crash();
    slow.settle();
    std::vector<std::string> values;
    for (const Seen& seen : slow.seen(Topic::outbound_events)) values.push_back(seen.value);
    EXPECT_THAT(values, UnorderedElementsAre("a=1", "b=1"));
}

TEST_P(WorkerTest, ACommitSaysWhatItConsumedAsItsRowDoes) {
    const TopicPartition from = place(Topic::inbound, "a");
    const std::string key = table_prefix(1, from.partition, positions_table);
    for (int i = 0; i < 3; ++i) {
        say("a");
        driver.settle();
        const std::string rows = driver.rows().at(key);
        std::string_view row = rows;
        EXPECT_EQ(static_cast<Topic>(take_little<std::uint16_t>(row)), Topic::inbound);
        EXPECT_EQ(ground->log().consumed(from), take_little<std::uint64_t>(row));
        EXPECT_GT(ground->log().consumed(from), driver.seen(Topic::inbound).back().offset);
    }
    EXPECT_EQ(ground->log().consumed({Topic::controls, 0}), 0U) << "nobody owns what everybody reads";
}

TEST_P(WorkerTest, ShowsWhatAStageHasNotReadAndWhatIsOpen) {
    driver.settle();
    const auto lag = [&] {
        const std::vector<Lag> lags = driver.worker().lags();
        EXPECT_EQ(lags.size(), 1U) << "one stage, one input, twelve partitions";
        EXPECT_EQ(lags[0].stage, "counter");
        EXPECT_EQ(lags[0].topic, Topic::inbound);
        return lags[0].records;
    };
    EXPECT_EQ(lag(), 0U);
    say("a");
    say("b");
    EXPECT_GE(lag(), 2U);
    driver.advance(1500);
    EXPECT_EQ(lag(), 0U);
    EXPECT_LE(driver.worker().checkpoint_age_ms(), 0);
    driver.advance(700);
    EXPECT_EQ(driver.worker().checkpoint_age_ms(), 700);
    EXPECT_EQ(driver.worker().effects_open(), 0U);
}

TEST_P(WorkerTest, EachTaskIsTheFirstToEndACycleWhenItIsItsTurn) {
    driver.settle();
    std::set<std::uint16_t> first;
    for (int i = 0; i < 100 && first.size() < 12; ++i) {
        for (std::uint16_t task = 0; task < 12; ++task) driver.write({Topic::inbound, {}, "a", "x", {}, task});
        world.ended.clear();
        driver.step();
        if (world.ended.size() == 12) first.insert(world.ended.front());
    }
    EXPECT_EQ(first.size(), 12U);
}

TEST_P(WorkerTest, ABacklogOfOneTaskKeepsNoOtherWaiting) {
    const auto under = std::make_shared<MemoryGround>(GetParam());
    StageDriver slow{[this] { return stages(world); }, {.records_per_cycle_max = 32}, under};
    slow.settle();
    for (int i = 0; i < 100; ++i)
        for (const char* key : {"a", "b"}) slow.write({Topic::inbound, key, key, "x"});
    while (slow.seen(Topic::outbound_events).empty()) slow.step();
    std::set<std::string> values;
    for (const Seen& seen : slow.seen(Topic::outbound_events)) values.insert(seen.value);
    EXPECT_TRUE(values.contains("a=16"));
    EXPECT_TRUE(values.contains("b=16"));
    EXPECT_FALSE(values.contains("a=17"));
}

TEST_P(WorkerTest, OneThatDrainsReadsUntilNoCallIsOpenAndLeavesTheRestToTheNext) {
    world.holds = true;
    say("a", "call");
    driver.settle();
    driver.worker().drain();
    say("a");
    for (int i = 0; i < 10; ++i) driver.step();
    EXPECT_THAT(events(), Contains("a=2")) << "a call is open";
    EXPECT_FALSE(driver.worker().idle());
    ASSERT_EQ(world.open.size(), 1U);
    world.open[0](std::string{"ok"});
    for (int i = 0; i < 10; ++i) driver.step();
    EXPECT_TRUE(driver.worker().idle());
    say("a");
    for (int i = 0; i < 10; ++i) driver.step();
    EXPECT_THAT(events(), Not(Contains("a=3")));
    driver.crash();
    driver.settle();
    EXPECT_THAT(events(), Contains("a=3").Times(1));
}

TEST_P(WorkerTest, AnEffectStartsOnlyWhenItsCommitIsDurable) {
    driver.settle();
    say("a", "call");
    driver.cycle();
    driver.cycle();
    EXPECT_TRUE(world.calls.empty());
    driver.settle();
    EXPECT_THAT(world.calls, ElementsAre("a=1"));
    EXPECT_THAT(events(), UnorderedElementsAre("a=1", "done"));
}

TEST_P(WorkerTest, TheGateIsAskedAgainWhenTheCommitIsDurable) {
    driver.settle();
    say("a", "call");
    driver.cycle();
    EXPECT_EQ(ground->log().waiting(), 1U);
    driver.write({Topic::controls, "", "stop", "x"});
    driver.step();
    driver.settle();
    EXPECT_TRUE(world.calls.empty());
    EXPECT_THAT(events(), UnorderedElementsAre("a=1", "held"));
}

TEST_P(WorkerTest, ATimerFiresOnceThoughTheClockJumpsBackAnHour) {
    say("a", "later");
    driver.settle();
    driver.clock().set_wall(driver.clock().wall() + -3'600'000);
    driver.advance(1999);  // at half the pace, until the hour is made up for
    EXPECT_THAT(events(), ElementsAre("a=1"));
    driver.advance(2);
    EXPECT_THAT(events(), ElementsAre("a=1", "timer"));
    driver.crash();
    driver.advance(3'600'000);
    driver.advance(3'600'000);
    EXPECT_THAT(events(), ElementsAre("a=1", "timer"));
}

TEST_P(WorkerTest, TimersThatAreDueAllAtOnceKeepNoRecordWaiting) {
    constexpr int timers = 300;
    for (int i = 0; i < timers; ++i) driver.write({Topic::inbound, "a", fmt::format("t{}", i), "later"});
    driver.settle();
    driver.clock().advance(1000);
    driver.write({Topic::inbound, "a", "urgent", "x"});
    for (int i = 0; i < 2; ++i) driver.step();
    EXPECT_THAT(events(), Contains("urgent=1"));
    EXPECT_THAT(events(), Contains("timer").Times(Lt(timers)));
    driver.settle();
    EXPECT_THAT(events(), Contains("timer").Times(timers));
}

TEST_P(WorkerTest, ATimerOutlivesACrash) {
    say("a", "later");
    driver.settle();
    driver.crash();
    driver.advance(1001);
    EXPECT_THAT(events(), ElementsAre("a=1", "timer"));
}

TEST_P(WorkerTest, ADeadLetterNamesItsSourceAndReason) {
    say("a", "bad");
    driver.settle();
    const auto letters = driver.seen(Topic::dlq);
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].header("source"), "inbound");
    EXPECT_EQ(letters[0].header("reason"), "bad");
    EXPECT_EQ(letters[0].value, "bad");
}

TEST_P(WorkerTest, CrashesAtEveryFaultPointLoseNothingAndCallNothingTwice) {
    for (const fault::Named& named : fault::names()) {
        const auto before = events().size();
        fault::arm(named.point, 1, fault::throw_crash);
        say("k", "call");
        try {
            driver.advance(1500);
        } catch (const fault::Crash&) {
            driver.crash();
        }
        fault::reset();
        driver.advance(1500);
        EXPECT_GE(events().size(), before + 1) << named.name;
    }
    std::vector<std::string> calls = world.calls;
    std::ranges::sort(calls);
    EXPECT_TRUE(std::ranges::adjacent_find(calls) == calls.end());
}

INSTANTIATE_TEST_SUITE_P(Logs, WorkerTest, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::counting
