#pragma once
// ManualClock: time that moves when a test says so. Wall and boot time move together unless a test sets the wall.

#include "common/base/clock.hpp"

namespace whistlestop {

class ManualClock final : public Clock {
public:
    [[nodiscard]] WallMs wall() const override { return wall_; }
    [[nodiscard]] BootMs boot() const override { return boot_; }
    void advance(std::int64_t milliseconds) {
        wall_ = wall_ + milliseconds;
        boot_ = boot_ + milliseconds;
    }
    void set_wall(WallMs wall) { wall_ = wall; }

private:
    WallMs wall_{1'790'000'000'000};
    BootMs boot_{5'000'000};
};

}  // namespace whistlestop
