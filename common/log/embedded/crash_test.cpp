// Processes that die, and what the next one finds.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "common/fault/fault.hpp"
#include "common/log/embedded/test_log.hpp"
#include "common/testing/process.hpp"

namespace whistlestop::embedded {
namespace {

constexpr TopicPartition at{Topic::inbound, 2};

// Remembers across the death of its process what was acknowledged: one byte for each.
class Acknowledged {
public:
    explicit Acknowledged(const std::filesystem::path& folder) : path_{folder / "acknowledged"} {}
    void add() const {
        const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        check(::write(file, "x", 1) == 1);
        ::close(file);
    }
    [[nodiscard]] std::size_t count() const { return contents(path_).size(); }

private:
    std::filesystem::path path_;
};

constexpr std::size_t written = 30;

void write_and_trim(const TestFolder& folder) {
    const auto log = open_or_abort(folder.frame_per_segment());
    const Acknowledged acknowledged{folder.path()};
    for (std::size_t i = 0; i < written; ++i) {
        write(*log, commit_of(at, std::to_string(i)));
        acknowledged.add();
        const auto lowest = [&](TopicPartition) -> std::uint64_t { return i / 2; };
        log->trim(anchor_at(log->last_frame()), lowest, WallMs{0});
    }
}

struct Death {
    fault::Point point;
    std::uint64_t nth;
};
void PrintTo(const Death& death, std::ostream* out) {
    *out << fault::names()[static_cast<std::size_t>(death.point)].name << "_" << death.nth;
}

class DyingAt : public testing::TestWithParam<Death> {};

TEST_P(DyingAt, LosesNothingThatWasAcknowledged) {
    const TestFolder folder;
    const int status = end_of([&] {
        fault::arm(GetParam().point, GetParam().nth, fault::kill_process);
        write_and_trim(folder);
    });
    ASSERT_TRUE(was_killed(status)) << "the point was not reached";

    const auto log = open_or_abort(folder.frame_per_segment());
    const std::size_t acknowledged = Acknowledged{folder.path()}.count();
    EXPECT_GE(log->end(at), acknowledged);
    EXPECT_LE(log->end(at), acknowledged + 1);
    EXPECT_LE(log->begin(at), acknowledged / 2);
    write(*log, commit_of(at, std::to_string(log->end(at))));
    Batch batch;
    log->read(at, 0, 100, batch);
    ASSERT_EQ(batch.records.size(), log->end(at) - log->begin(at));
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        EXPECT_EQ(batch.records[i].offset, log->begin(at) + i);
        EXPECT_EQ(batch.records[i].value, std::to_string(batch.records[i].offset));
    }
}

std::vector<Death> deaths() {
    std::vector<Death> all;
    for (const fault::Point point : {fault::log_before_write, fault::log_before_sync, fault::log_after_sync,
                                     fault::log_segment_rotated, fault::log_before_trim})
        for (const std::uint64_t nth : {1U, 2U, 9U}) all.push_back({point, nth});
    return all;
}
INSTANTIATE_TEST_SUITE_P(EveryPoint, DyingAt, testing::ValuesIn(deaths()),
                         [](const auto& death) { return testing::PrintToString(death.param); });

TEST(AFailedWrite, EndsTheProcessWithALineAndLosesNothingThatWasAcknowledged) {
    const TestFolder folder;
    const auto fill = [&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{20'000, 20'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto log = open_or_abort(folder.options());
        const Acknowledged acknowledged{folder.path()};
        for (int i = 0; i < 100; ++i) {
            write(*log, commit_of(at, std::string(1000, 'x')));
            acknowledged.add();
        }
    };
    EXPECT_EXIT(fill(), testing::ExitedWithCode(died_of_disk),
                "event=log_write_failed cause=\"cannot write .*00000000000000000001.log: File too large\"");
    const std::size_t acknowledged = Acknowledged{folder.path()}.count();
    EXPECT_GT(acknowledged, 5U);
    testing::internal::CaptureStderr();
    const auto log = open_or_abort(folder.options());
    EXPECT_TRUE(testing::internal::GetCapturedStderr().starts_with("event=log_torn_frame_dropped file="));
    EXPECT_EQ(log->end(at), acknowledged);
    EXPECT_GT(log->stats().torn_bytes, 0U) << "what fitted of the last frame";
}

TEST(AFailedRotation, EndsTheProcessWithALine) {
    const TestFolder folder;
    const auto rotate = [&] {
        const auto log = open_or_abort(folder.frame_per_segment());
        write(*log, commit_of(at, "a"));
        std::filesystem::create_directory(folder.path() / "00000000000000000002.log.new");
        write(*log, commit_of(at, "b"));
    };
    EXPECT_EXIT(rotate(), testing::ExitedWithCode(died_of_disk), "event=log_write_failed cause=\"cannot create ");
    EXPECT_EQ(values(*open_or_abort(folder.options()), at), (std::vector<std::string>{"a"}));
}

}  // namespace
}  // namespace whistlestop::embedded
