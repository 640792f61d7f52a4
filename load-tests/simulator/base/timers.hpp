#pragma once
// Everything that happens later: answers, reports, what people say. One heap and one Asio timer for all of it.
//
// Due times are rounded up to whole milliseconds, so that a thousand actions a second re-arm the timer a thousand times
// at most, however many are added. Actions due in the same millisecond run in the order of their times, then of adding.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "load-tests/simulator/base/clock.hpp"

namespace simulator {

class Timers {
public:
    using Action = std::move_only_function<void()>;

    explicit Timers(boost::asio::io_context& io) : timer_{io} {}

    void after(Steady::duration delay, Action action);

    // Actions not yet begun.
    [[nodiscard]] std::size_t waiting() const { return heap_.size(); }

private:
    struct Entry {
        std::int64_t due_micros;
        std::uint64_t order;
        Action action;
    };

    void arm();
    void run_due();

    std::vector<Entry> heap_;
    boost::asio::steady_timer timer_;
    std::int64_t armed_millis_ = -1;  // -1: not armed
    std::uint64_t added_ = 0;
};

}  // namespace simulator
