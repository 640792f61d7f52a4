// What every log promises (common/log/log.hpp), asked of each.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "common/log/embedded/test_log.hpp"
#include "common/log/memory/memory_log.hpp"

namespace whistlestop {
namespace {

class Memory {
public:
    [[nodiscard]] Log& log() { return log_; }
    void settle() { log_.sync(); }
    void reopen() { log_.crash(); }
    void replay(FrameNumber anchor, const std::function<void(const RowChange&)>& apply) { log_.replay(anchor, apply); }

private:
    MemoryLog log_;
};

class Embedded {
public:
    [[nodiscard]] Log& log() { return *log_; }
    void settle() { embedded::write(*log_, {}); }
    void reopen() {
        log_.reset();
        log_ = embedded::open_or_abort(folder_.options());
    }
    void replay(FrameNumber anchor, const std::function<void(const RowChange&)>& apply) {
        ASSERT_TRUE(log_->replay(anchor, apply).has_value());
    }

protected:
    explicit Embedded(std::size_t tail_bytes) {
        auto options = folder_.options();
        options.tail_bytes = tail_bytes;
        log_ = embedded::open_or_abort(std::move(options));
    }

private:
    embedded::TestFolder folder_;
    std::unique_ptr<EmbeddedLog> log_;
};
struct EmbeddedInMemory : Embedded {
    EmbeddedInMemory() : Embedded{1 << 20} {}
};
struct EmbeddedFromDisk : Embedded {
    EmbeddedFromDisk() : Embedded{1} {}
};

using Rows = std::map<std::string, std::string, std::less<>>;

template <class Subject>
class LogContract : public testing::Test {
protected:
    Log& log() { return subject_.log(); }
    FrameNumber write(Commit commit) {
        FrameNumber frame = 0;
        log().submit(std::move(commit), [&](FrameNumber number) { frame = number; });
        subject_.settle();
        return frame;
    }
    Rows rows_after(FrameNumber anchor) {
        Rows rows;
        subject_.replay(anchor, [&](const RowChange& row) {
            if (row.value)
                rows.insert_or_assign(std::string{row.key}, std::string{*row.value});
            else
                rows.erase(rows.find(row.key));
        });
        return rows;
    }
    Subject subject_;
};

constexpr TopicPartition here{Topic::inbound, 2};
constexpr TopicPartition there{Topic::consent, 11};
using embedded::commit_of;
using embedded::values;
using Values = std::vector<std::string>;

TYPED_TEST_SUITE_P(LogContract);

TYPED_TEST_P(LogContract, ARecordComesBackAsItWasGiven) {
    Commit commit;
    const Headers headers = Headers{}.add("ce_id", "7").add("empty", "");
    commit.add({here, 99, WallMs{-5}, "the key", headers.encoded(), std::string_view{"a\0b", 3}});
    this->write(std::move(commit));
    Batch batch;
    this->log().read(here, 0, 1, batch);
    ASSERT_EQ(batch.records.size(), 1U);
    const Record& record = batch.records.front();
    EXPECT_EQ(record.at, here);
    EXPECT_EQ(record.offset, 0U);
    EXPECT_EQ(record.time, WallMs{-5});
    EXPECT_EQ(record.key, "the key");
    EXPECT_EQ(record.headers, headers.encoded());
    EXPECT_EQ(record.value, std::string_view("a\0b", 3));
}

TYPED_TEST_P(LogContract, EveryPartitionCountsFromZeroWithoutGaps) {
    for (int i = 0; i < 3; ++i) {
        Commit commit;
        for (const TopicPartition at : {there, here, there}) commit.add({at, 0, WallMs{}, "", "", std::to_string(i)});
        this->write(std::move(commit));
    }
    EXPECT_EQ(this->log().end(here), 3U);
    EXPECT_EQ(this->log().end(there), 6U);
    EXPECT_EQ(this->log().end({Topic::consent, 10}), 0U);
    Batch batch;
    this->log().read(there, 0, 100, batch);
    ASSERT_EQ(batch.records.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(batch.records[i].offset, i);
        EXPECT_EQ(batch.records[i].value, std::to_string(i / 2));
    }
}

TYPED_TEST_P(LogContract, AReadStartsAndEndsWhereItIsTold) {
    for (const char* value : {"a", "b", "c", "d"}) this->write(commit_of(here, value));
    Batch batch;
    this->log().read(here, 1, 2, batch);
    ASSERT_EQ(batch.records.size(), 2U);
    EXPECT_EQ(batch.records[0].value, "b");
    EXPECT_EQ(batch.records[1].value, "c");
    this->log().read(here, 3, 10, batch);
    ASSERT_EQ(batch.records.size(), 3U) << "a read appends";
    EXPECT_EQ(batch.records[2].value, "d");
    this->log().read(here, 4, 10, batch);
    this->log().read(here, 400, 10, batch);
    this->log().read(here, 0, 0, batch);
    this->log().read(there, 0, 10, batch);
    EXPECT_EQ(batch.records.size(), 3U);
}

TYPED_TEST_P(LogContract, CallbacksRunInOrderAndFindTheirRecords) {
    std::vector<std::uint64_t> ends;
    std::vector<FrameNumber> frames;
    for (std::uint64_t i = 1; i <= 20; ++i)
        this->log().submit(commit_of(here, "x"), [&, i](FrameNumber frame) {
            EXPECT_GE(this->log().end(here), i);
            ends.push_back(i);
            frames.push_back(frame);
        });
    this->subject_.settle();
    ASSERT_EQ(ends.size(), 20U);
    EXPECT_TRUE(std::ranges::is_sorted(ends));
    EXPECT_TRUE(std::ranges::is_sorted(frames));
    EXPECT_GE(frames.front(), 1U);
}

TYPED_TEST_P(LogContract, ListenersAreToldWhenRecordsCanBeRead) {
    std::uint64_t seen_by_first = 0;
    std::uint64_t seen_by_second = 0;
    this->log().listen([&] { seen_by_first = this->log().end(here); });
    this->log().listen([&] { seen_by_second = this->log().end(here); });
    this->write(commit_of(here, "x"));
    this->subject_.settle();
    EXPECT_EQ(seen_by_first, 1U);
    EXPECT_EQ(seen_by_second, 1U);
}

TYPED_TEST_P(LogContract, RowsAreReplayedInOrderFromTheAnchorOn) {
    Commit first = commit_of(here, "old");
    first.put_row("gone", "1");
    first.put_row("kept", "");
    const FrameNumber anchor = this->write(std::move(first));
    Commit second = commit_of(here, "new");
    second.put_row("late", "1");
    const FrameNumber last = this->write(std::move(second));
    EXPECT_EQ(this->rows_after(anchor), (Rows{{"late", "1"}, {"row", "new"}}));
    Commit third;
    third.erase_row("gone");
    this->write(std::move(third));
    EXPECT_EQ(this->rows_after(0), (Rows{{"kept", ""}, {"late", "1"}, {"row", "new"}}));
    EXPECT_GT(last, anchor);
}

TYPED_TEST_P(LogContract, WhatIsDurableOutlivesTheProcess) {
    const FrameNumber before = this->write(commit_of(here, "a"));
    this->write(commit_of(here, "b"));
    this->subject_.reopen();
    EXPECT_EQ(values(this->log(), here), (Values{"a", "b"}));
    EXPECT_EQ(this->rows_after(0).at("row"), "b");
    EXPECT_GT(this->write(commit_of(here, "c")), before);
    EXPECT_EQ(values(this->log(), here), (Values{"a", "b", "c"}));
    EXPECT_EQ(values(this->log(), here, 2), (Values{"c"}));
}

TYPED_TEST_P(LogContract, ABatchKeepsWhatItPointsAt) {
    const auto write_fifty = [&](char filling) {
        for (int i = 0; i < 50; ++i)
            this->log().submit(commit_of(here, std::string(1000, filling)), [](FrameNumber) {});
        this->subject_.settle();
    };
    write_fifty('x');
    Batch batch;
    this->log().read(here, 0, 50, batch);
    write_fifty('y');
    ASSERT_EQ(batch.records.size(), 50U);
    for (const Record& record : batch.records) EXPECT_EQ(record.value, std::string(1000, 'x'));
}

REGISTER_TYPED_TEST_SUITE_P(LogContract, ARecordComesBackAsItWasGiven, EveryPartitionCountsFromZeroWithoutGaps,
                            AReadStartsAndEndsWhereItIsTold, CallbacksRunInOrderAndFindTheirRecords,
                            ListenersAreToldWhenRecordsCanBeRead, RowsAreReplayedInOrderFromTheAnchorOn,
                            WhatIsDurableOutlivesTheProcess, ABatchKeepsWhatItPointsAt);
using Logs = testing::Types<Memory, EmbeddedInMemory, EmbeddedFromDisk>;
INSTANTIATE_TYPED_TEST_SUITE_P(Logs, LogContract, Logs);

}  // namespace
}  // namespace whistlestop
