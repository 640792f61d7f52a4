#include "common/base/forward_clock.hpp"

namespace whistlestop {

WallMs ForwardClock::wall() const {
    const std::scoped_lock lock{mutex_};
    const BootMs boot = clock_.boot();
    const WallMs wall = clock_.wall();
    shown_ = wall < shown_ ? shown_ + (boot - shown_at_) : wall;
    shown_at_ = boot;
    return shown_;
}

}  // namespace whistlestop
