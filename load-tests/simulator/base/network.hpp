#pragma once
// What the kernel did to the packets on the way: one that it dropped arrives later than it was written.

#include <cstdint>

namespace simulator {

// TCP segments that this machine has sent again since it started; 0 where it does not say.
[[nodiscard]] std::int64_t segments_sent_again();

}  // namespace simulator
