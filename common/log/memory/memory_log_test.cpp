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
    FrameNumber frame = 0;
    log.submit(of("a"), [&](FrameNumber number) { frame = number; });
    EXPECT_EQ(log.end(at), 0U);
    EXPECT_EQ(log.sync(), 1U);
    EXPECT_EQ(frame, 1U);
    Batch batch;
    log.read(at, 0, 10, batch);
    ASSERT_EQ(batch.records.size(), 1U);
    EXPECT_EQ(batch.records[0].value, "a");
}

TEST(MemoryLog, ACrashTakesWhatWaitsAndNothingElse) {
    MemoryLog log;
    log.submit(of("a"), [](FrameNumber) {});
    log.submit(of("b"), [](FrameNumber) {});
    log.sync(1);
    log.crash();
    EXPECT_EQ(log.sync(), 0U);
    EXPECT_EQ(log.end(at), 1U);
    std::string row;
    log.replay(0, [&](const RowChange& change) { row = *change.value; });
    EXPECT_EQ(row, "a");
}

}  // namespace
}  // namespace whistlestop
