#include "common/base/forward_clock.hpp"

namespace whistlestop {
namespace {

constexpr std::int64_t pace = 2;  // of boot time, in which one of wall time passes

}  // namespace

WallMs ForwardClock::wall() const {
    const std::scoped_lock lock{mutex_};
    const BootMs boot = clock_.boot();
    const WallMs wall = clock_.wall();
    if (wall >= shown_) {
        shown_ = wall;
        shown_at_ = boot;
        return shown_;
    }
    const std::int64_t steps = (boot - shown_at_) / pace;
    shown_ = shown_ + steps;
    shown_at_ = shown_at_ + steps * pace;
    return shown_;
}

}  // namespace whistlestop
