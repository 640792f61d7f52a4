#include "common/log/embedded/trim.hpp"

#include <gtest/gtest.h>

#include "common/log/embedded/test_log.hpp"

namespace whistlestop::embedded {
namespace {

using Values = std::vector<std::string>;
constexpr TopicPartition internal{Topic::inbound, 2};      // no retention
constexpr TopicPartition kept_14_days{Topic::consent, 3};  // by its topic
constexpr std::int64_t days_14 = 14LL * 24 * 3600 * 1000;
const Anchor all = anchor_at(1'000'000);

std::uint64_t nobody(TopicPartition) { return static_cast<std::uint64_t>(-1); }

// Every frame in a segment of its own.
class Trimming : public testing::Test {
protected:
    void write_values(TopicPartition at, int from, int to) {
        for (int i = from; i < to; ++i) write(*log_, commit_of(at, std::to_string(i), WallMs{i}));
    }
    void reopen() {
        log_.reset();
        log_ = open_or_abort(folder_.frame_per_segment());
    }
    TestFolder folder_;
    std::unique_ptr<EmbeddedLog> log_ = open_or_abort(folder_.frame_per_segment());
};

TEST_F(Trimming, DropsWhatNobodyNeedsAndKeepsTheNewest) {
    write_values(internal, 0, 5);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{0}), 4U);
    EXPECT_EQ(folder_.segments().size(), 1U);
    EXPECT_EQ(log_->begin(internal), 4U);
    EXPECT_EQ(values(*log_, internal), (Values{"4"})) << "an offset before begin() reads from begin()";
    EXPECT_EQ(log_->trim(all, nobody, WallMs{0}), 0U);
    reopen();
    EXPECT_EQ(log_->begin(internal), 4U);
    EXPECT_EQ(values(*log_, internal), (Values{"4"}));
}

TEST_F(Trimming, KeepsWhatTheStateOnDiskDoesNotHold) {
    write_values(internal, 0, 5);
    EXPECT_EQ(log_->trim({}, nobody, WallMs{0}), 0U);
    EXPECT_EQ(log_->trim(anchor_at(2), nobody, WallMs{0}), 2U);
    EXPECT_TRUE(log_->replay(anchor_at(2), [](const RowChange&) {}).has_value());
}

TEST_F(Trimming, KeepsWhatAReaderHasNotPassed) {
    write_values(internal, 0, 5);
    const auto at_three = [](TopicPartition at) { return at == internal ? 3 : nobody(at); };
    EXPECT_EQ(log_->trim(all, at_three, WallMs{0}), 3U);
    EXPECT_EQ(values(*log_, internal, 3), (Values{"3", "4"}));
}

TEST_F(Trimming, StopsAtTheFirstThatMustStay) {
    write_values(kept_14_days, 0, 1);
    write_values(internal, 0, 5);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{0}), 0U);
}

TEST_F(Trimming, KeepsPublicRecordsAsLongAsTheirTopicAsks) {
    write_values(kept_14_days, 0, 5);  // the record with value i is of millisecond i
    EXPECT_EQ(log_->trim(all, nobody, WallMs{days_14 - 1}), 0U);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{days_14}), 1U);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{days_14 + 2}), 2U);
    reopen();
    EXPECT_EQ(log_->trim(all, nobody, WallMs{days_14 + 3}), 1U) << "times survive a restart";
    EXPECT_EQ(log_->begin(kept_14_days), 4U);
}

TEST_F(Trimming, KeepsPublicRecordsNoLongerThanItsOptionsAllow) {
    log_.reset();
    auto options = folder_.frame_per_segment();
    options.retention_max = std::chrono::minutes{1};
    log_ = open_or_abort(std::move(options));
    write_values(kept_14_days, 0, 5);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{59'999}), 0U);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{60'002}), 3U);
}

TEST_F(Trimming, OffsetsGoOnWhenAllThatHeldThemIsGone) {
    write_values(internal, 0, 5);
    write_values(kept_14_days, 0, 1);
    EXPECT_EQ(log_->trim(all, nobody, WallMs{0}), 5U);
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(log_->begin(internal), 5U);
        EXPECT_EQ(log_->end(internal), 5U);
        EXPECT_TRUE(values(*log_, internal).empty());
        reopen();
    }
    write_values(internal, 5, 6);
    Batch batch;
    log_->read(internal, 0, 10, batch);
    ASSERT_EQ(batch.records.size(), 1U);
    EXPECT_EQ(batch.records[0].offset, 5U);
}

TEST_F(Trimming, ARecordAtTheEdgeIsReadFromTheSegmentThatHoldsIt) {
    write_values(internal, 0, 1);
    write_values(kept_14_days, 0, 3);  // segments without a record of the other partition
    write_values(internal, 1, 2);
    reopen();  // nothing is in memory
    EXPECT_EQ(values(*log_, internal), (Values{"0", "1"}));
    EXPECT_EQ(values(*log_, internal, 1), (Values{"1"}));
}

}  // namespace
}  // namespace whistlestop::embedded
