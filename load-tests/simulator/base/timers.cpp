#include "load-tests/simulator/base/timers.hpp"

#include <algorithm>
#include <utility>

namespace simulator {

namespace {

std::int64_t micros(Steady::duration span) {
    return std::chrono::duration_cast<std::chrono::microseconds>(span).count();
}

constexpr auto later = [](const auto& a, const auto& b) {
    return std::pair{a.due_micros, a.order} > std::pair{b.due_micros, b.order};
};

}  // namespace

void Timers::after(Steady::duration delay, Action action) {
    const std::int64_t due = micros(Steady::now().time_since_epoch() + delay);
    heap_.push_back({due, added_++, std::move(action)});
    std::ranges::push_heap(heap_, later);
    arm();
}

void Timers::arm() {
    if (heap_.empty()) return;
    const std::int64_t millis = (heap_.front().due_micros + 999) / 1000;
    if (armed_millis_ >= 0 && armed_millis_ <= millis) return;
    armed_millis_ = millis;
    timer_.expires_at(Steady::time_point{std::chrono::milliseconds{millis}});
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) run_due();
    });
}

void Timers::run_due() {
    armed_millis_ = -1;
    const std::int64_t now = micros(Steady::now().time_since_epoch());
    while (!heap_.empty() && heap_.front().due_micros <= now) {
        std::ranges::pop_heap(heap_, later);
        Action action = std::move(heap_.back().action);
        heap_.pop_back();
        action();
    }
    arm();
}

}  // namespace simulator
