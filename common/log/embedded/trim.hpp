#pragma once
// Trim: which segments nobody needs any more.

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "common/log/embedded/segment.hpp"

namespace whistlestop::embedded {

// How many of `segments`, oldest first, may go: up to the first that must stay; never the newest.
// - all its frames are at or before `anchor`: their rows are in the state that is on disk
// - every record in it is before `lowest_position`, which its readers still have to read
// - every topic with a record in it has kept its newest record as long as the topic's retention asks, at `age.now`, but
//   no longer than `age.most`
struct Age {
    WallMs now;
    std::chrono::milliseconds most = std::chrono::milliseconds::max();
};
[[nodiscard]] std::size_t trimmable(const std::vector<std::shared_ptr<const Segment>>& segments, FrameNumber anchor,
                                    const std::function<std::uint64_t(TopicPartition)>& lowest_position,
                                    const Age& age);

}  // namespace whistlestop::embedded
