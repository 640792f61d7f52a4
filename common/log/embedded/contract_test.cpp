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
    void settle() {
        while (log_.sync() > 0) continue;
    }
    void reopen() { log_.crash(); }
    void replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) {
        log_.replay(anchor, apply);
    }

protected:
    explicit Memory(MemoryLog::Options options) : log_{options} {}

private:
    MemoryLog log_;
};
struct MemoryAtOnce : Memory {
    MemoryAtOnce() : Memory{{}} {}
};
struct MemoryLateWithGaps : Memory {
    MemoryLateWithGaps() : Memory{{.gap = 2, .publish = MemoryLog::Options::Publish::late}} {}
};

class Embedded {
public:
    [[nodiscard]] Log& log() { return *log_; }
    void settle() { embedded::write(*log_, {}); }
    void reopen() {
        log_.reset();
        log_ = embedded::open_or_abort(folder_.options());
    }
    void replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) {
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

constexpr TopicPartition here{Topic::inbound, 2};
constexpr TopicPartition there{Topic::consent, 11};
using Rows = std::map<std::string, std::string, std::less<>>;

template <class Subject>
class LogContract : public testing::Test {
protected:
    void SetUp() override {
        for (const TopicPartition at : {here, there}) log().follow(at, 0);
    }
    Log& log() { return subject_.log(); }
    // Returns the anchor when the commit is durable and readable.
    Anchor write(Commit commit) {
        Anchor anchor;
        log().submit(std::move(commit), [&](const Receipt& receipt) { anchor = receipt.anchor; });
        subject_.settle();
        return anchor;
    }
    void roll(Rows& rows, const Anchor& anchor) {
        subject_.replay(anchor, [&](const RowChange& row) {
            if (row.value)
                rows.insert_or_assign(std::string{row.key}, std::string{*row.value});
            else
                rows.erase(std::string{row.key});
        });
    }
    Subject subject_;
};

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
    EXPECT_EQ(record.time, WallMs{-5});
    EXPECT_EQ(record.key, "the key");
    EXPECT_EQ(record.headers, headers.encoded());
    EXPECT_EQ(record.value, std::string_view("a\0b", 3));
}

TYPED_TEST_P(LogContract, OffsetsOfEveryPartitionRiseByThemselves) {
    for (int i = 0; i < 3; ++i) {
        Commit commit;
        for (const TopicPartition at : {there, here, there}) commit.add({at, 0, WallMs{}, "", "", std::to_string(i)});
        this->write(std::move(commit));
    }
    EXPECT_EQ(values(this->log(), here), (Values{"0", "1", "2"}));
    EXPECT_EQ(values(this->log(), there), (Values{"0", "0", "1", "1", "2", "2"}));
    EXPECT_EQ(this->log().end({Topic::consent, 10}), 0U);
    Batch batch;
    EXPECT_EQ(this->log().read(there, 0, 100, batch), this->log().end(there));
    const auto rises = [](const Record& a, const Record& b) { return a.offset >= b.offset; };
    EXPECT_EQ(std::ranges::adjacent_find(batch.records, rises), batch.records.end());
}

TYPED_TEST_P(LogContract, AReadStartsAndEndsWhereItIsTold) {
    for (const char* value : {"a", "b", "c", "d"}) this->write(commit_of(here, value));
    Batch batch;
    const std::uint64_t second = this->log().read(here, 0, 1, batch);
    const std::uint64_t fourth = this->log().read(here, second, 2, batch);
    const std::uint64_t end = this->log().read(here, fourth, 10, batch);
    Values all;
    for (const Record& record : batch.records) all.emplace_back(record.value);
    EXPECT_EQ(all, (Values{"a", "b", "c", "d"})) << "a read appends";
    EXPECT_EQ(this->log().read(here, fourth, 0, batch), fourth);
    EXPECT_EQ(this->log().read(here, end, 10, batch), end);
    EXPECT_EQ(this->log().read(here, end + 400, 10, batch), end + 400);
    EXPECT_EQ(this->log().read(there, 0, 10, batch), 0U);
    EXPECT_EQ(batch.records.size(), 4U);
}

TYPED_TEST_P(LogContract, WhoReadsOnGetsToTheNewestAndMovesWithEveryRead) {
    for (int i = 0; i < 5; ++i) this->write(commit_of(here, "x"));
    const std::uint64_t newest = this->log().newest(here);
    EXPECT_EQ(this->log().end(here), newest);
    Batch batch;
    for (std::uint64_t position = 0; position < newest;) {
        const std::uint64_t next = this->log().read(here, position, 1, batch);
        ASSERT_GT(next, position);
        position = next;
    }
    EXPECT_EQ(batch.records.size(), 5U);
}

TYPED_TEST_P(LogContract, WhatIsDurableIsBeforeTheNewestAtOnce) {
    this->write(commit_of(here, "a"));
    std::uint64_t offset = 0;
    std::uint64_t newest = 0;
    this->log().submit(commit_of(here, "b"), [&](const Receipt& receipt) {
        std::string_view records = receipt.records;
        offset = take_record(records)->offset;
        newest = this->log().newest(here);
    });
    this->subject_.settle();
    EXPECT_GT(newest, offset);
}

TYPED_TEST_P(LogContract, AReceiptTellsWhereTheCommitsOwnRecordsStand) {
    std::vector<std::string> receipts;
    for (int i = 0; i < 20; ++i) {
        Commit commit;
        for (const TopicPartition at : {there, here, there})
            commit.add({at, 0, WallMs{}, "key", "", std::to_string(i) + "/" + std::to_string(commit.record_count())});
        this->log().submit(std::move(commit), [&](const Receipt& receipt) { receipts.emplace_back(receipt.records); });
    }
    this->subject_.settle();
    ASSERT_EQ(receipts.size(), 20U);
    for (int i = 0; i < 20; ++i) {
        std::string_view records = receipts[static_cast<std::size_t>(i)];
        for (const TopicPartition at : {there, here, there}) {
            const auto told = take_record(records);
            ASSERT_TRUE(told.has_value());
            ASSERT_EQ(told->at, at);
            Batch batch;
            this->log().read(at, told->offset, 1, batch);
            ASSERT_EQ(batch.records.size(), 1U);
            ASSERT_EQ(batch.records[0].offset, told->offset);
            ASSERT_EQ(batch.records[0].value, told->value);
            ASSERT_TRUE(told->value.starts_with(std::to_string(i) + "/"));
        }
        EXPECT_TRUE(records.empty());
    }
}

TYPED_TEST_P(LogContract, WhatOneThreadSubmitsBecomesDurableInThatOrder) {
    Values durable;
    Values submitted;
    for (int i = 0; i < 20; ++i)
        this->log().submit(commit_of(here, submitted.emplace_back(std::to_string(i))), [&](const Receipt& receipt) {
            std::string_view records = receipt.records;
            durable.emplace_back(take_record(records)->value);
        });
    this->subject_.settle();
    EXPECT_EQ(durable, submitted);
    EXPECT_EQ(values(this->log(), here), submitted);
}

TYPED_TEST_P(LogContract, ListenersAreToldWhenRecordsCanBeRead) {
    std::uint64_t seen_by_first = 0;
    std::uint64_t seen_by_second = 0;
    this->log().listen([&] { seen_by_first = this->log().end(here); });
    this->log().listen([&] { seen_by_second = this->log().end(here); });
    this->write(commit_of(here, "x"));
    this->subject_.settle();
    EXPECT_EQ(seen_by_first, this->log().newest(here));
    EXPECT_EQ(seen_by_second, seen_by_first);
}

TYPED_TEST_P(LogContract, AStateRolledForwardFromTheAnchorOfItsLastCommitMissesNothing) {
    Commit first = commit_of(here, "old");
    first.put_row("gone", "1");
    first.put_row("kept", "");
    this->write(std::move(first));
    Commit second = commit_of(here, "new");
    second.put_row("late", "1");
    const Anchor anchor = this->write(std::move(second));
    Rows state;
    this->roll(state, {});
    EXPECT_EQ(state, (Rows{{"gone", "1"}, {"kept", ""}, {"late", "1"}, {"row", "new"}}));
    Commit third;
    third.erase_row("gone");
    this->write(std::move(third));
    this->roll(state, anchor);
    EXPECT_EQ(state, (Rows{{"kept", ""}, {"late", "1"}, {"row", "new"}}));
    Rows only_later;
    this->roll(only_later, anchor);
    EXPECT_FALSE(only_later.contains("kept")) << "it is not the very beginning";
}

TYPED_TEST_P(LogContract, WhatIsDurableOutlivesTheProcess) {
    this->write(commit_of(here, "a"));
    this->write(commit_of(here, "b"));
    this->subject_.reopen();
    EXPECT_EQ(values(this->log(), here), (Values{"a", "b"}));
    Rows rows;
    this->roll(rows, {});
    EXPECT_EQ(rows.at("row"), "b");
    const std::uint64_t end = this->log().end(here);
    this->write(commit_of(here, "c"));
    EXPECT_EQ(values(this->log(), here), (Values{"a", "b", "c"}));
    EXPECT_EQ(values(this->log(), here, end), (Values{"c"}));
}

TYPED_TEST_P(LogContract, ABatchKeepsWhatItPointsAt) {
    const auto write_fifty = [&](char filling) {
        for (int i = 0; i < 50; ++i)
            this->log().submit(commit_of(here, std::string(1000, filling)), [](const Receipt&) {});
        this->subject_.settle();
    };
    write_fifty('x');
    Batch batch;
    this->log().read(here, 0, 50, batch);
    write_fifty('y');
    ASSERT_EQ(batch.records.size(), 50U);
    for (const Record& record : batch.records) EXPECT_EQ(record.value, std::string(1000, 'x'));
}

REGISTER_TYPED_TEST_SUITE_P(LogContract, ARecordComesBackAsItWasGiven, OffsetsOfEveryPartitionRiseByThemselves,
                            AReadStartsAndEndsWhereItIsTold, WhoReadsOnGetsToTheNewestAndMovesWithEveryRead,
                            WhatIsDurableIsBeforeTheNewestAtOnce, AReceiptTellsWhereTheCommitsOwnRecordsStand,
                            WhatOneThreadSubmitsBecomesDurableInThatOrder, ListenersAreToldWhenRecordsCanBeRead,
                            AStateRolledForwardFromTheAnchorOfItsLastCommitMissesNothing,
                            WhatIsDurableOutlivesTheProcess, ABatchKeepsWhatItPointsAt);
using Logs = testing::Types<MemoryAtOnce, MemoryLateWithGaps, EmbeddedInMemory, EmbeddedFromDisk>;
INSTANTIATE_TYPED_TEST_SUITE_P(Logs, LogContract, Logs);

}  // namespace
}  // namespace whistlestop
