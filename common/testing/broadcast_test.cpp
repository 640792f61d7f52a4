// Topics that a worker reads whole, and gaps that any reader meets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/runtime/keys.hpp"
#include "common/testing/test_counter.hpp"

namespace whistlestop::counting {
namespace {

using testing::ElementsAre;

struct BroadcastTest : WorkerTest {};

TEST_P(BroadcastTest, ABroadcastRowIsKeptAndAnEchoIsNot) {
    driver.write({Topic::controls, "", "stop", "echo"});
    driver.settle();
    driver.crash();
    say("a", "call");
    driver.settle();
    EXPECT_THAT(world.calls, ElementsAre("a=1"));
    driver.write({Topic::controls, "", "stop", "kept"});
    driver.settle();
    driver.crash();
    say("b", "call");
    driver.settle();
    EXPECT_THAT(world.calls, ElementsAre("a=1"));
}

TEST_P(BroadcastTest, WhatAViewCannotReadIsOneDeadLetterThoughTheFirstCommitIsLost) {
    driver.settle();
    driver.write({Topic::controls, "k", "k", "broken"});
    driver.cycle();
    driver.crash();
    driver.settle();
    const auto letters = driver.seen(Topic::dlq);
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].value, "broken");
    EXPECT_EQ(letters[0].header("source"), "controls");
    EXPECT_EQ(letters[0].header("reason"), "value: cannot be read");
}

TEST_P(BroadcastTest, AViewIsCompleteBeforeATaskOpensThoughItsNewestRecordIsNotReadableYet) {
    driver.settle();
    for (const char* word : {"go", "stop"}) {
        Commit commit;
        commit.add({{Topic::controls, 0}, 0, {}, word, {}, "kept"});
        ground->log().submit(std::move(commit), [](const Receipt&) {});
        ground->log().sync();
    }
    driver.crash();
    driver.settle();
    EXPECT_THAT(world.known_at_open, ElementsAre("go", "stop"));
}

// What one worker has in common, over a log that holds three records of each input and what stands behind them.
struct Reading : testing::TestWithParam<MemoryLog::Options> {
    World world;
    Words words;
    MemoryLog log{GetParam()};
    MemoryStore store;
    State state{store};
    Cycle cycle;
    Shared shared{log, state, cycle};
    StageSpec stage{1, "counter", 1, {{Topic::inbound, Priority::said}}, {}};

    void SetUp() override {
        stage.make = [this](std::uint16_t partition) { return std::make_unique<Counter>(world, words, partition); };
        for (int i = 0; i < 3; ++i) {
            Commit commit;
            for (const Topic topic : {Topic::inbound, Topic::controls}) commit.add({{topic, 0}, 0, {}, "k", {}, "x"});
            log.submit(std::move(commit), [](const Receipt&) {});
        }
        while (log.sync() > 0) continue;
    }
    // How many reads of one record it takes until nothing is left; more than there can be where that never comes.
    int reads(auto& reader, auto&& read) {
        int reads = 0;
        for (; reader.has_input() && reads < 10; ++reads) EXPECT_EQ(read(), 1U);
        return reads;
    }
};

TEST_P(Reading, ATaskReadsPastEveryGap) {
    Task task{stage, 0, shared};
    task.open();
    EXPECT_LE(reads(task, [&] { return task.read(Priority::said, 1); }), 6);
    EXPECT_EQ(state.get(table_prefix(1, 0, counts) + "k"), "3");
}

TEST_P(Reading, ABroadcastReadsPastEveryGap) {
    Broadcast broadcast{{Topic::controls, &words}, shared};
    broadcast.open();
    EXPECT_LE(reads(broadcast, [&] { return broadcast.read(1); }), 6);
    EXPECT_TRUE(broadcast.caught_up());
}

INSTANTIATE_TEST_SUITE_P(Logs, Reading, testing::ValuesIn(log_kinds), log_kind_name);
INSTANTIATE_TEST_SUITE_P(Logs, BroadcastTest, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::counting
