#include "common/http/io_thread.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <vector>

#include "common/http/test_sockets.hpp"

namespace whistlestop::http {
namespace {

using namespace std::chrono_literals;

TEST(IoThread, RunsJobsInTheOrderOfPosting) {
    IoThread io;
    std::vector<int> order;
    std::promise<void> done;
    for (int i = 0; i < 100; ++i) io.post([&, i] { order.push_back(i); });
    io.post([&] { done.set_value(); });
    test::wait_for(done.get_future());
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], static_cast<int>(i));
    EXPECT_EQ(order.size(), 100u);
}

TEST(IoThread, KnowsItself) {
    IoThread io;
    std::promise<bool> inside;
    io.post([&] { inside.set_value(io.is_current()); });
    EXPECT_TRUE(test::wait_for(inside.get_future()));
    EXPECT_FALSE(io.is_current());
}

TEST(IoThread, RunsADelayedJobNotBeforeItsTime) {
    IoThread io;
    std::promise<void> done;
    const auto begin = std::chrono::steady_clock::now();
    io.after(20ms, [&] { done.set_value(); });
    test::wait_for(done.get_future());
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 20ms);
}

TEST(IoThread, DropsWhatHasNotBegunWhenItStops) {
    const auto owned = std::make_shared<int>(0);
    {
        IoThread io;
        io.after(1h, [owned] { FAIL(); });
        io.stop();
        io.post([owned] { FAIL(); });
        io.stop();
    }
    EXPECT_EQ(owned.use_count(), 1);
}

TEST(IoThreadDeathTest, AnExceptionThatEscapesEndsTheProcess) {
    EXPECT_DEATH(
        {
            IoThread io;
            io.post([] { throw std::runtime_error{"ours"}; });
            std::promise<void>{}.get_future().wait_for(10s);
        },
        "check failed");
}

}  // namespace
}  // namespace whistlestop::http
