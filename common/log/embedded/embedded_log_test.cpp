#include "common/log/embedded/embedded_log.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <thread>

#include "common/log/embedded/test_log.hpp"

namespace whistlestop::embedded {
namespace {

constexpr TopicPartition at{Topic::inbound, 2};
using Values = std::vector<std::string>;

TEST(EmbeddedLog, BeginsANewSegmentWhereOneWouldGrowTooLarge) {
    const TestFolder folder;
    auto options = folder.options();
    options.segment_bytes = 2000;
    Values wanted;
    {
        const auto log = open_or_abort(options);
        for (int i = 0; i < 100; ++i) write(*log, commit_of(at, wanted.emplace_back(std::to_string(i))));
        EXPECT_GT(log->stats().segments, 4U);
        EXPECT_EQ(log->stats().segments, folder.segments().size());
    }
    std::uint64_t bytes = 0;
    for (const auto& path : folder.segments()) {
        EXPECT_LE(std::filesystem::file_size(path), 2000U);
        bytes += std::filesystem::file_size(path);
    }
    const auto log = open_or_abort(options);
    EXPECT_EQ(log->last_frame(), 100U);
    EXPECT_EQ(log->stats().bytes_on_disk, bytes);
    EXPECT_EQ(values(*log, at), wanted);
}

TEST(EmbeddedLog, AFrameLargerThanASegmentStandsAlone) {
    const TestFolder folder;
    auto options = folder.options();
    options.segment_bytes = 100;
    const std::string large(5000, 'x');
    {
        const auto log = open_or_abort(options);
        for (const std::string& value : {std::string{"a"}, large, std::string{"b"}}) write(*log, commit_of(at, value));
    }
    EXPECT_EQ(folder.segments().size(), 3U);
    EXPECT_EQ(values(*open_or_abort(options), at), (Values{"a", large, "b"}));
}

TEST(EmbeddedLog, EndsWithEverythingCommitted) {
    const TestFolder folder;
    int durable = 0;
    {
        const auto log = open_or_abort(folder.options());
        for (int i = 0; i < 100; ++i) log->submit(commit_of(at, "x"), [&](const Receipt&) { ++durable; });
    }
    EXPECT_EQ(durable, 100);
    EXPECT_EQ(open_or_abort(folder.options())->end(at), 100U);
}

TEST(EmbeddedLog, WhatWaitsWhileASyncRunsBecomesOneFrame) {
    const TestFolder folder;
    const auto log = open_or_abort(folder.options());
    // The first callback holds the committer until the others wait.
    std::promise<void> submitted;
    log->submit(commit_of(at, "0"), [&](const Receipt&) { submitted.get_future().wait(); });
    std::vector<std::string> told;
    for (int i = 1; i <= 50; ++i)
        log->submit(commit_of(at, std::to_string(i)), [&](const Receipt& receipt) {
            std::string_view records = receipt.records;
            const auto record = take_record(records);
            EXPECT_TRUE(record.has_value() && records.empty());
            told.push_back(fmt::format("{}@{}", record->value, record->offset));
        });
    submitted.set_value();
    write(*log, {});
    ASSERT_EQ(told.size(), 50U);
    for (int i = 1; i <= 50; ++i) EXPECT_EQ(told[static_cast<std::size_t>(i) - 1], fmt::format("{0}@{0}", i));
    const FrameNumber last = log->last_frame();
    EXPECT_LE(last, 4U);
    EXPECT_EQ(log->stats().commits, 52U);
    EXPECT_EQ(log->stats().records, 51U);
    EXPECT_EQ(log->stats().frames, last);
    EXPECT_EQ(log->stats().commits_waiting, 0U);
}

TEST(EmbeddedLog, AStateIsRolledForwardByWhatSharesTheFrameOfItsLastCommit) {
    const TestFolder folder;
    Anchor anchor;
    std::promise<void> submitted;  // outlives the log, which waits for it
    {
        const auto log = open_or_abort(folder.options());
        log->submit(commit_of(at, "0"), [&](const Receipt&) { submitted.get_future().wait(); });
        log->submit(commit_of(at, "1"), [&](const Receipt& receipt) { anchor = receipt.anchor; });
        log->submit(commit_of(at, "2"), [](const Receipt&) {});
        submitted.set_value();
    }
    const auto log = open_or_abort(folder.options());
    std::string row;
    ASSERT_TRUE(log->replay(anchor, [&](const RowChange& change) { row = *change.value; }).has_value());
    EXPECT_EQ(row, "2");
}

TEST(EmbeddedLog, AFrameEndsBeforeItGrowsTooLarge) {
    const TestFolder folder;
    const auto log = open_or_abort(folder.options());
    std::promise<void> submitted;
    log->submit(commit_of(at, "0"), [&](const Receipt&) { submitted.get_future().wait(); });
    const std::string large(1 << 20, 'x');
    for (int i = 0; i < 20; ++i) log->submit(commit_of(at, large), [](const Receipt&) {});
    submitted.set_value();
    write(*log, {});
    EXPECT_GE(log->last_frame(), 5U) << "2 MiB for each commit: record and row";
}

TEST(EmbeddedLog, AReaderOfManySegmentsKeepsFewOfThemOpen) {
    const TestFolder folder;
    constexpr int segments = 60;
    {
        const auto log = open_or_abort(folder.frame_per_segment());
        for (int i = 0; i < segments; ++i) write(*log, commit_of(at, "x"));
    }
    const auto log = open_or_abort(folder.frame_per_segment());
    const auto open_files = [] {
        return std::distance(std::filesystem::directory_iterator{"/proc/self/fd"},
                             std::filesystem::directory_iterator{});
    };
    const auto before = open_files();
    EXPECT_EQ(values(*log, at).size(), static_cast<std::size_t>(segments));
    EXPECT_LE(open_files() - before, 20);
}

TEST(EmbeddedLog, WhoKeepsUpNeverTouchesTheDisk) {
    const TestFolder folder;
    const auto log = open_or_abort(folder.options());
    for (int i = 0; i < 10; ++i) write(*log, commit_of(at, "x"));
    EXPECT_EQ(values(*log, at).size(), 10U);
    EXPECT_EQ(log->stats().frames_read_back, 0U);
}

TEST(EmbeddedLog, WhoLagsReadsEveryFrameOnceForAllPartitions) {
    const TestFolder folder;
    auto options = folder.options();
    options.tail_bytes = 1;
    options.segment_bytes = 4000;
    const auto log = open_or_abort(options);
    constexpr std::uint64_t frames = 60;
    for (std::uint64_t i = 0; i < frames; ++i) {
        Commit commit;
        for (std::uint16_t partition = 0; partition < 12; ++partition)
            commit.add({{Topic::inbound, partition}, 0, WallMs{}, "", "", std::to_string(i)});
        write(*log, std::move(commit));
    }
    ASSERT_GT(log->stats().segments, 3U);
    for (std::uint64_t offset = 0; offset < frames; offset += 7)
        for (std::uint16_t partition = 0; partition < 12; ++partition) {
            Batch batch;
            log->read({Topic::inbound, partition}, offset, 7, batch);
            ASSERT_EQ(batch.records.size(), std::min<std::uint64_t>(7, frames - offset));
            for (std::size_t i = 0; i < batch.records.size(); ++i)
                ASSERT_EQ(batch.records[i].value, std::to_string(offset + i));
        }
    EXPECT_EQ(log->stats().frames_read_back, frames - 1) << "the newest is in memory";
}

constexpr std::size_t submitters = 4;
constexpr std::size_t commits_each = 500;
using Numbers = std::vector<std::size_t>;

// Submits its numbers in order; `durable` gets those of the callbacks.
void submit_numbers(Log& log, std::size_t submitter, Numbers& durable) {
    for (std::size_t i = 0; i < commits_each; ++i) {
        const std::string value = std::to_string(submitter) + ":" + std::to_string(i);
        log.submit(commit_of(at, value), [&durable, i](const Receipt&) { durable.push_back(i); });
    }
}

TEST(EmbeddedLog, SubmittersOnManyThreadsKeepTheirOrderAndLeaveNoGaps) {
    const TestFolder folder;
    std::array<Numbers, submitters> durable;  // written by the committer alone
    {
        const auto log = open_or_abort(folder.options());
        std::array<std::jthread, submitters> threads;
        for (std::size_t i = 0; i < submitters; ++i)
            threads[i] = std::jthread{[&, i] { submit_numbers(*log, i, durable[i]); }};
    }
    Numbers in_order(commits_each);
    std::iota(in_order.begin(), in_order.end(), 0U);
    for (const Numbers& numbers : durable) EXPECT_EQ(numbers, in_order);

    Batch batch;
    open_or_abort(folder.options())->read(at, 0, static_cast<std::size_t>(-1), batch);
    ASSERT_EQ(batch.records.size(), submitters * commits_each);
    std::array<std::size_t, submitters> next{};
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        ASSERT_EQ(batch.records[i].offset, i);
        const auto submitter = static_cast<std::size_t>(batch.records[i].value.front() - '0');
        ASSERT_EQ(batch.records[i].value.substr(2), std::to_string(next[submitter]++));
    }
}

// The value of a record is its offset.
void expect_numbered(const Batch& batch) {
    for (const Record& record : batch.records) ASSERT_EQ(record.value, std::to_string(record.offset));
}

void read_up_to(Log& log, std::uint64_t end, std::size_t at_once, std::atomic<std::uint64_t>& position) {
    Batch batch;
    while (position < end && !testing::Test::HasFailure()) {
        batch.clear();
        const std::uint64_t next = log.read(at, position, at_once, batch);
        expect_numbered(batch);
        ASSERT_EQ(next, position + batch.records.size());
        if (!batch.records.empty()) {
            ASSERT_EQ(batch.records.front().offset, position);
        }
        position = next;
    }
}

void settle_and_trim(EmbeddedLog& log, const std::function<std::uint64_t(TopicPartition)>& lowest) {
    write(log, {});
    log.trim(anchor_at(log.last_frame()), lowest, WallMs{0});
}

void append_and_trim(EmbeddedLog& log, std::uint64_t records,
                     const std::function<std::uint64_t(TopicPartition)>& lowest) {
    for (std::uint64_t i = 0; i < records; ++i) {
        log.submit(commit_of(at, std::to_string(i)), [](const Receipt&) {});
        if (i % 50 == 0) settle_and_trim(log, lowest);
    }
}

// What it wants may be gone; what it gets is whole.
void read_from_the_start(EmbeddedLog& log, const std::function<bool()>& go_on) {
    for (Batch batch; go_on() && !testing::Test::HasFailure(); batch.clear()) {
        log.read(at, 0, 10, batch);
        expect_numbered(batch);
    }
}

// Readers at every distance from the end while it grows, segments turn and old ones go.
TEST(EmbeddedLog, ReadersSeeEveryRecordInOrderWhileTheLogGrowsAndShrinks) {
    const TestFolder folder;
    auto options = folder.options();
    options.segment_bytes = 20'000;
    options.tail_bytes = 5'000;
    options.cache_bytes = 5'000;
    const auto log = open_or_abort(options);
    constexpr std::uint64_t records = 3000;
    std::atomic<std::uint64_t> slow = 0;
    std::atomic<std::uint64_t> fast = 0;
    const auto unfinished = [&] { return slow < records; };
    {
        const std::jthread one_by_one{[&] { read_up_to(*log, records, 1, slow); }};
        const std::jthread many_at_once{[&] { read_up_to(*log, records, 100, fast); }};
        const std::jthread from_the_start{[&] { read_from_the_start(*log, unfinished); }};
        append_and_trim(*log, records, [&](TopicPartition) { return std::min(slow.load(), fast.load()); });
    }
    settle_and_trim(*log, [](TopicPartition) { return records; });
    EXPECT_EQ(log->end(at), records);
    EXPECT_GT(log->begin(at), 0U);
}

}  // namespace
}  // namespace whistlestop::embedded
