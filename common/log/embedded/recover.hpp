#pragma once
// Recover: what a folder holds after whatever happened to it.

#include <filesystem>
#include <functional>
#include <optional>

#include "common/log/embedded/segment.hpp"

namespace whistlestop::embedded {

struct Recovered {
    std::vector<Segment> segments;  // oldest first; at least one
    SegmentContents newest;         // of the last of them
    std::uint64_t torn_bytes = 0;   // dropped from its end
};

// Creates the first segment where there is none. Drops a torn frame at the very end: it was never acknowledged. Makes
// sure that what it found is on disk. Fault::corrupt names file and position where anything before the end is harmed;
// contents are checked in the newest `verify_bytes` (and always in the newest segment), the others' when they are read.
[[nodiscard]] Result<Recovered> recover(const std::filesystem::path& folder, std::uint64_t verify_bytes);

// An anchor holds the number of the last frame that is not rolled forward; empty is 0. Nothing: it holds something
// else.
[[nodiscard]] Anchor anchor_at(FrameNumber frame);
[[nodiscard]] std::optional<FrameNumber> frame_at(const Anchor& anchor);

// The rows of all frames after `anchor`, in order. Fault::corrupt if one of them is not there or harmed.
[[nodiscard]] Result<void> replay_rows(const std::vector<std::shared_ptr<const Segment>>& segments, FrameNumber anchor,
                                       const std::function<void(const RowChange&)>& apply);

}  // namespace whistlestop::embedded
