#include "common/log/memory/memory_log.hpp"

#include <gtest/gtest.h>

namespace whistlestop {
namespace {

constexpr TopicPartition at{Topic::inbound, 2};

Commit of(std::string_view value) {
    Commit commit;
    commit.add({at, 0, WallMs{1}, "k", "", value});
    commit.put_row("row", value);
    return commit;
}

TEST(MemoryLog, NothingIsReadableBeforeItIsDurable) {
    MemoryLog log;
    bool durable = false;
    log.submit(of("a"), [&](const Receipt&) { durable = true; });
    EXPECT_EQ(log.end(at), 0U);
    EXPECT_EQ(log.newest(at), 0U);
    log.sync();
    EXPECT_TRUE(durable);
    Batch batch;
    EXPECT_EQ(log.read(at, 0, 10, batch), 1U);
    ASSERT_EQ(batch.records.size(), 1U);
    EXPECT_EQ(batch.records[0].value, "a");
}

TEST(MemoryLog, ACrashTakesWhatWaitsAndNothingElse) {
    MemoryLog log;
    log.submit(of("a"), [](const Receipt&) {});
    log.submit(of("b"), [](const Receipt&) {});
    log.sync(1);
    log.crash();
    EXPECT_EQ(log.sync(), 0U);
    EXPECT_EQ(log.end(at), 1U);
    std::string row;
    log.replay({}, [&](const RowChange& change) { row = *change.value; });
    EXPECT_EQ(row, "a");
}

TEST(MemoryLog, PublishesLateAndTheGapLast) {
    MemoryLog log{{.gap = 2, .publish = MemoryLog::Options::Publish::late}};
    log.follow(at, 0);
    log.submit(of("a"), [](const Receipt&) {});
    EXPECT_GT(log.sync(), 0U);
    EXPECT_EQ(log.newest(at), 3U);
    Batch batch;
    std::uint64_t next = 0;
    for (const std::uint64_t end : {1U, 3U}) {
        EXPECT_EQ(log.read(at, next, 1, batch), next);
        EXPECT_GT(log.sync(), 0U);
        EXPECT_EQ(log.end(at), end);
        next = log.read(at, next, 1, batch);
        EXPECT_EQ(next, end);
    }
    EXPECT_EQ(log.sync(), 0U);
    EXPECT_EQ(batch.records.size(), 1U);
}

TEST(MemoryLog, WhatIsPublishedLateIsForThoseWhoFollow) {
    MemoryLog log{{.publish = MemoryLog::Options::Publish::late}};
    log.submit(of("a"), [](const Receipt&) {});
    while (log.sync() > 0) continue;
    Batch batch;
    EXPECT_EQ(log.read(at, 0, 1, batch), 0U);
    log.follow(at, 0);
    EXPECT_EQ(log.read(at, 0, 1, batch), 1U);
    log.crash();
    EXPECT_EQ(log.end(at), 0U);
}

}  // namespace
}  // namespace whistlestop
