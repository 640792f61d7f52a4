#pragma once
// Time in the simulator: wall time goes into the record, steady time decides when something is due.

#include <chrono>
#include <cstdint>

namespace simulator {

// Microseconds since 1970-01-01 UTC, as every "t" of the record.
using WallMicros = std::int64_t;

using Steady = std::chrono::steady_clock;

[[nodiscard]] inline WallMicros wall_now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace simulator
