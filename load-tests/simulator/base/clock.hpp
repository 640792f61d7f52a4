#pragma once
// Time in the simulator: wall time goes into the record, steady time decides when something is due.
//
// The record's wall time is read once and runs on steadily: a machine whose clock is set meanwhile must not move what
// arrived in one second into another.

#include <chrono>
#include <cstdint>

namespace simulator {

// Microseconds since 1970-01-01 UTC, as every "t" of the record.
using WallMicros = std::int64_t;

using Steady = std::chrono::steady_clock;

template <class Clock>
[[nodiscard]] std::int64_t micros_of() {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
}

[[nodiscard]] inline WallMicros wall_now() {
    static const std::int64_t ahead = micros_of<std::chrono::system_clock>() - micros_of<Steady>();
    return micros_of<Steady>() + ahead;
}

}  // namespace simulator
