#pragma once
// ForwardClock: another clock whose wall time never goes back.
//
// While that one shows less than was shown already, the wall time goes on at half the pace of boot time, so that an
// hour ahead is made up in two: those who ask for texts date by the true time. A process has one, for everything that
// dates or compares: what one part dated must not lie ahead of another's now. From any thread.

#include <mutex>

#include "common/base/clock.hpp"

namespace whistlestop {

class ForwardClock final : public Clock {
public:
    // `clock` must outlive this.
    explicit ForwardClock(const Clock& clock) : clock_{clock} {}
    [[nodiscard]] WallMs wall() const override;
    [[nodiscard]] BootMs boot() const override { return clock_.boot(); }

private:
    const Clock& clock_;
    mutable std::mutex mutex_;
    mutable WallMs shown_;
    mutable BootMs shown_at_;
};

}  // namespace whistlestop
