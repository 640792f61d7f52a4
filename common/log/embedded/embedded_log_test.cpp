#include "common/log/embedded/embedded_log.hpp"

#include <gtest/gtest.h>

#include <future>

namespace whistlestop {
namespace {

TEST(EmbeddedLog, Smoke) {
    const auto folder = std::filesystem::path{testing::TempDir()} / "embedded_smoke";
    std::filesystem::remove_all(folder);
    constexpr TopicPartition at{Topic::inbound, 2};
    for (int round = 0; round < 3; ++round) {
        auto log = EmbeddedLog::open({.folder = folder, .segment_bytes = 300});
        ASSERT_TRUE(log.has_value()) << log.error().detail;
        std::string rows;
        ASSERT_TRUE((*log)->replay(0, [&](const RowChange& row) { rows += *row.value; }));
        std::promise<FrameNumber> done;
        for (int i = 0; i < 5; ++i) {
            Commit commit;
            commit.add({at, 0, WallMs{1}, "k", "", std::to_string(round * 5 + i)});
            commit.put_row("row", std::to_string(round * 5 + i));
            (*log)->submit(std::move(commit), [&, i](FrameNumber number) {
                if (i == 4) done.set_value(number);
            });
        }
        done.get_future().get();
        Batch batch;
        (*log)->read(at, 0, 100, batch);
        ASSERT_EQ(batch.records.size(), static_cast<std::size_t>(round * 5 + 5));
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            EXPECT_EQ(batch.records[i].value, std::to_string(i));
            EXPECT_EQ(batch.records[i].offset, i);
        }
    }
}

}  // namespace
}  // namespace whistlestop
