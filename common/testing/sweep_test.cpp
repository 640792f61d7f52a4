#include "common/runtime/sweep.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "whistlestop/state/v1/inbox.pb.h"

#include "common/testing/stage_driver.hpp"

namespace whistlestop {
namespace {

constexpr Rows<state::v1::CommandRow> rows{TableId{first_free_table}};
constexpr std::int64_t kept_ms = 200'000;

// Keeps as many rows for a while as a record says.
class Keeper final : public Processor {
public:
    explicit Keeper(std::uint16_t partition) : sweep_{rows, partition} {}
    void on_record(Context& context, const Record& record) override {
        state::v1::CommandRow row;
        row.set_stub_until_ms(context.now().wall.value + kept_ms);
        const int count = std::stoi(std::string{record.value});
        for (int i = 0; i < count; ++i) rows.put(context, fmt::format("{:06}", i), row);
    }
    void on_cycle(Context& context) override { sweep_.on_cycle(context); }

private:
    Sweep<state::v1::CommandRow> sweep_;
};

Stages stages() {
    StageSpec stage{1,  "keeper", spec_of(Topic::inbox_commands).partitions, {{Topic::inbox_commands, Priority::said}},
                    {}, nullptr};
    stage.make = [](std::uint16_t partition) { return std::make_unique<Keeper>(partition); };
    return {{}, {stage}, {}};
}

struct SweepTest : testing::Test {
    StageDriver driver{stages};

    std::size_t kept() { return driver.rows().size(); }
    // How long it takes until `count` rows are left, in seconds, two minutes at most.
    int seconds_until(std::size_t count) {
        int seconds = 0;
        for (; kept() > count && seconds < 120; ++seconds) driver.advance(1'000);
        return seconds;
    }
};

TEST_F(SweepTest, ATableOfManyTurnsIsNotLeftForAMinuteBetweenThem) {
    driver.settle();
    const std::size_t own = kept();  // the runtime's rows
    driver.write({Topic::inbox_commands, "a", "a", std::to_string(5 * walk_rows_max)});
    driver.settle();
    driver.advance(kept_ms);
    ASSERT_GT(kept(), 5 * walk_rows_max);
    EXPECT_LT(seconds_until(own + 1), 60 + 5 * 5 + 1);
}

TEST_F(SweepTest, ARowStaysAsLongAsItIsKeptAndNotMuchLonger) {
    driver.settle();
    driver.write({Topic::inbox_commands, "a", "a", "3"});
    driver.settle();
    const std::size_t with_rows = kept();
    for (int second = 0; second < kept_ms / 1000; ++second) driver.advance(1'000);
    EXPECT_EQ(kept(), with_rows);
    for (int second = 0; second < 61; ++second) driver.advance(1'000);
    EXPECT_EQ(kept(), with_rows - 3);
}

}  // namespace
}  // namespace whistlestop
