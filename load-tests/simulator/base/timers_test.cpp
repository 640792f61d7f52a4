#include "load-tests/simulator/base/timers.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace simulator {
namespace {

using std::chrono::milliseconds;

TEST(Timers, RunsActionsInTheOrderOfTheirTimes) {
    boost::asio::io_context io;
    Timers timers{io};
    std::vector<int> ran;
    for (const int delay : {9, 1, 5, 3, 7}) {
        timers.after(milliseconds{delay}, [&ran, delay] { ran.push_back(delay); });
    }
    EXPECT_EQ(timers.waiting(), 5U);
    io.run();
    EXPECT_EQ(ran, (std::vector{1, 3, 5, 7, 9}));
    EXPECT_EQ(timers.waiting(), 0U);
}

TEST(Timers, NothingRunsBeforeItsTime) {
    boost::asio::io_context io;
    Timers timers{io};
    const auto begun = Steady::now();
    Steady::duration waited{};
    timers.after(milliseconds{4}, [&] { waited = Steady::now() - begun; });
    io.run();
    EXPECT_GE(waited, milliseconds{4});
}

TEST(Timers, AnActionMayAddAnEarlierOne) {
    boost::asio::io_context io;
    Timers timers{io};
    std::vector<int> ran;
    timers.after(std::chrono::hours{1}, [&] { ran.push_back(60); });
    timers.after(milliseconds{1}, [&] {
        timers.after(milliseconds{2}, [&] {
            ran.push_back(2);
            io.stop();
        });
    });
    io.run();
    EXPECT_EQ(ran, (std::vector{2}));
    EXPECT_EQ(timers.waiting(), 1U);
}

}  // namespace
}  // namespace simulator
