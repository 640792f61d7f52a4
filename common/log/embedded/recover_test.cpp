#include "common/log/embedded/recover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/log/embedded/test_log.hpp"

namespace whistlestop::embedded {
namespace {

constexpr TopicPartition at{Topic::inbound, 2};
using Values = std::vector<std::string>;
using testing::HasSubstr;

// Keeps what is written to stderr while it lives.
class Listening {
public:
    Listening() { testing::internal::CaptureStderr(); }
    ~Listening() { testing::internal::GetCapturedStderr(); }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    // Since the last call.
    std::string heard() {
        std::string lines = testing::internal::GetCapturedStderr();
        testing::internal::CaptureStderr();
        return lines;
    }
};

class Recovering : public testing::Test {
protected:
    // Frames of one commit each; returns where the last one begins in its file.
    std::size_t write_frames(const EmbeddedLog::Options& options, int count) {
        const auto log = open_or_abort(options);
        std::size_t last_begins = 0;
        for (int i = 0; i < count; ++i) {
            last_begins = std::filesystem::file_size(folder_.segments().back());
            write(*log, commit_of(at, std::to_string(i)));
        }
        return last_begins;
    }
    void expect_corrupt(std::string_view detail, const EmbeddedLog::Options& options) {
        const auto log = EmbeddedLog::open(options);
        ASSERT_FALSE(log.has_value());
        EXPECT_EQ(log.error().fault, Fault::corrupt);
        EXPECT_THAT(log.error().detail, HasSubstr(detail));
    }
    void expect_corrupt(std::string_view detail) { expect_corrupt(detail, folder_.options()); }

    TestFolder folder_;
};

TEST_F(Recovering, ALogCutAtAnyByteOfItsLastFrameOpensAtTheFrameBefore) {
    Listening listening;
    const std::size_t begins = write_frames(folder_.options(), 3);
    const auto path = folder_.segments().front();
    const std::string whole = contents(path);
    ASSERT_GT(whole.size(), begins + frame_header_bytes);
    for (std::size_t cut = begins; cut < whole.size(); ++cut) {
        replace(path, whole.substr(0, cut));
        const auto log = open_or_abort(folder_.options());
        ASSERT_EQ(log->last_frame(), 2U) << cut;
        ASSERT_EQ(log->stats().torn_bytes, cut - begins);
        ASSERT_EQ(listening.heard().starts_with("event=log_torn_frame_dropped file=" + path.native()), cut > begins)
            << cut;
        ASSERT_EQ(values(*log, at), (Values{"0", "1"})) << cut;
        std::string row;
        ASSERT_TRUE(log->replay({}, [&](const RowChange& change) { row = *change.value; }));
        ASSERT_EQ(row, "1");
        write(*log, commit_of(at, "again"));
        ASSERT_EQ(log->last_frame(), 3U);
        ASSERT_EQ(values(*log, at), (Values{"0", "1", "again"})) << cut;
    }
    EXPECT_EQ(values(*open_or_abort(folder_.options()), at), (Values{"0", "1", "again"}));
}

TEST_F(Recovering, AFlippedBitIsDamageBeforeTheLastFrameAndATornFrameInIt) {
    Listening listening;
    const std::size_t begins = write_frames(folder_.options(), 3);
    const auto path = folder_.segments().front();
    const std::string whole = contents(path);
    for (std::size_t byte = 0; byte < whole.size(); ++byte) {
        std::string flipped = whole;
        flipped[byte] = static_cast<char>(flipped[byte] ^ 1 << byte % 8);
        replace(path, flipped);
        const auto log = EmbeddedLog::open(folder_.options());
        if (byte < begins) {
            ASSERT_FALSE(log.has_value()) << byte;
            ASSERT_EQ(log.error().fault, Fault::corrupt) << byte;
            ASSERT_THAT(log.error().detail, HasSubstr(path.native() + " is damaged at byte ")) << byte;
            ASSERT_EQ(contents(path), flipped) << "refusing changes nothing";
        } else {
            ASSERT_TRUE(log.has_value()) << byte;
            ASSERT_EQ(values(**log, at), (Values{"0", "1"})) << byte;
        }
    }
}

TEST_F(Recovering, ZerosAfterTheLastFrameAreDropped) {
    Listening listening;
    write_frames(folder_.options(), 2);
    const auto path = folder_.segments().front();
    const std::string whole = contents(path);
    replace(path, whole + std::string(100, '\0'));
    const auto log = open_or_abort(folder_.options());
    EXPECT_EQ(log->stats().torn_bytes, 100U);
    EXPECT_EQ(values(*log, at), (Values{"0", "1"}));
}

TEST_F(Recovering, AnOldFrameAfterTheLastIsNotTakenForTheNext) {
    Listening listening;
    const std::size_t begins = write_frames(folder_.options(), 2);
    const auto path = folder_.segments().front();
    const std::string whole = contents(path);
    replace(path, whole + whole.substr(begins));
    EXPECT_EQ(values(*open_or_abort(folder_.options()), at), (Values{"0", "1"}));
}

TEST_F(Recovering, DamageInAnOlderSegmentIsFoundAtOpening) {
    write_frames(folder_.frame_per_segment(), 3);
    const auto path = folder_.segments()[1];
    std::string bytes = contents(path);
    bytes[bytes.size() - 1] = static_cast<char>(bytes.back() ^ 1);
    replace(path, bytes);
    expect_corrupt(path.native() + " is damaged at byte ");
}

TEST_F(Recovering, DamageThatOpeningDidNotLookForIsFoundByReplayAndEndsAReader) {
    write_frames(folder_.frame_per_segment(), 3);
    const auto path = folder_.segments()[1];
    std::string bytes = contents(path);
    bytes[bytes.size() - 30] = static_cast<char>(bytes[bytes.size() - 30] ^ 1);
    replace(path, bytes);
    auto options = folder_.options();
    options.verify_bytes = 0;
    {
        const auto log = open_or_abort(options);
        const auto replayed = log->replay(anchor_at(1), [](const RowChange&) {});
        ASSERT_FALSE(replayed.has_value());
        EXPECT_THAT(replayed.error().detail, HasSubstr(path.native() + " is damaged at byte "));
        EXPECT_TRUE(log->replay(anchor_at(2), [](const RowChange&) {}).has_value());
    }
    const auto read_all = [&] { values(*open_or_abort(options), at); };
    EXPECT_EXIT(read_all(), testing::ExitedWithCode(died_of_disk),
                "event=log_read_failed cause=\".*is damaged at byte");
}

TEST_F(Recovering, AMissingSegmentIsFoundWithoutReadingFrames) {
    write_frames(folder_.frame_per_segment(), 4);
    std::filesystem::remove(folder_.segments()[1]);
    auto options = folder_.options();
    options.verify_bytes = 0;
    expect_corrupt("the segment before", options);
}

TEST_F(Recovering, AnOlderSegmentOfAnotherLengthIsFoundWithoutReadingFrames) {
    write_frames(folder_.frame_per_segment(), 3);
    const auto path = folder_.segments()[0];
    const std::string whole = contents(path);
    auto options = folder_.options();
    options.verify_bytes = 0;
    replace(path, whole.substr(0, whole.size() - 1));
    expect_corrupt(path.native() + " is damaged at byte " + std::to_string(whole.size() - 1), options);
    replace(path, whole + "x");
    expect_corrupt(path.native() + " is damaged at byte " + std::to_string(whole.size()), options);
}

TEST_F(Recovering, ASegmentOfAnotherLogIsFoundAtOpening) {
    write_frames(folder_.frame_per_segment(), 3);
    const TestFolder other;
    write(*open_or_abort(other.options()), commit_of({at.topic, 3}, "0"));
    replace(folder_.segments().front(), contents(other.segments().front()));
    expect_corrupt(folder_.segments().front().native() + " is damaged at byte ");
}

TEST_F(Recovering, ASegmentThatWasNeverFinishedIsRemoved) {
    write_frames(folder_.options(), 1);
    const auto draft = folder_.path() / "00000000000000000002.log.new";
    replace(draft, "half a he");
    EXPECT_EQ(values(*open_or_abort(folder_.options()), at), (Values{"0"}));
    EXPECT_FALSE(std::filesystem::exists(draft));
}

TEST_F(Recovering, AStateThatIsAheadOfTheLogIsRefused) {
    write_frames(folder_.options(), 2);
    const auto log = open_or_abort(folder_.options());
    EXPECT_TRUE(log->replay(anchor_at(2), [](const RowChange&) { FAIL(); }).has_value());
    const auto replayed = log->replay(anchor_at(3), [](const RowChange&) {});
    ASSERT_FALSE(replayed.has_value());
    EXPECT_EQ(replayed.error().fault, Fault::corrupt);
}

TEST_F(Recovering, AStateThatIsOlderThanTheLogIsRefused) {
    write_frames(folder_.frame_per_segment(), 3);
    const auto log = open_or_abort(folder_.frame_per_segment());
    const auto nobody = [](TopicPartition) { return std::uint64_t(-1); };
    ASSERT_EQ(log->trim(anchor_at(2), nobody, WallMs{0}), 2U);
    EXPECT_TRUE(log->replay(anchor_at(2), [](const RowChange&) {}).has_value());
    const auto replayed = log->replay(anchor_at(1), [](const RowChange&) {});
    ASSERT_FALSE(replayed.has_value());
    EXPECT_EQ(replayed.error().fault, Fault::corrupt);
}

TEST_F(Recovering, AStateOfAnotherKindOfLogIsRefused) {
    write_frames(folder_.options(), 2);
    const auto log = open_or_abort(folder_.options());
    const auto replayed = log->replay("0:17", [](const RowChange&) { FAIL(); });
    ASSERT_FALSE(replayed.has_value());
    EXPECT_EQ(replayed.error().fault, Fault::corrupt);
}

TEST_F(Recovering, AFolderInUseIsRefused) {
    const auto log = open_or_abort(folder_.options());
    const auto second = EmbeddedLog::open(folder_.options());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().fault, Fault::unavailable);
    EXPECT_EQ(second.error().detail, "the folder " + folder_.path().native() + " is in use by another process");
}

TEST_F(Recovering, AFolderThatCannotBeMadeIsRefused) {
    const auto file = folder_.path() / "file";
    replace(file, "");
    auto options = folder_.options();
    options.folder = file / "log";
    const auto log = EmbeddedLog::open(options);
    ASSERT_FALSE(log.has_value());
    EXPECT_EQ(log.error().fault, Fault::unavailable);
}

}  // namespace
}  // namespace whistlestop::embedded
