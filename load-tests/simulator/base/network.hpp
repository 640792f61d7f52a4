#pragma once
// What the kernel did to the packets on the way: one that it lost arrives later than it was written.

#include <cstdint>

namespace simulator {

// Data that TCP sent again on this machine since it started, since no acknowledgement came in time; SYNs and probes,
// which delay nothing that was written, are not counted. 0 where the kernel does not say.
[[nodiscard]] std::int64_t late_segments();

}  // namespace simulator
