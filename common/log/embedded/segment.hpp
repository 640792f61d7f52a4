#pragma once
// Segment: one file of the log, `NNNNNNNNNNNNNNNNNNNN.log`, named after its first frame.
//
//   u32 magic | u32 crc of the rest of the head | u32 version | u32 bytes after this field | u64 first frame
//   u64 previous segment's first frame | u64 previous segment's bytes | i64 its newest record
//   per partition that ever had a record: u16 topic, u16 partition, u64 next offset          then frames, to the end
//
// The head says what the segment before it should be, so that opening sees a missing or shortened file without reading
// it, and where every partition stood, so that offsets survive when all that held them is gone.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "common/log/embedded/file.hpp"
#include "common/log/embedded/frame.hpp"

namespace whistlestop::embedded {

struct SegmentHead {
    FrameNumber first = 1;
    FrameNumber previous_first = 0;  // 0: there never was one
    std::uint64_t previous_bytes = 0;
    WallMs previous_newest{};
    Offsets next = no_offsets();  // at its start
};

struct Segment {
    std::filesystem::path path;
    SegmentHead head;
    std::uint64_t head_bytes = 0;
};

// Creates the file, whole or not at all, and makes it durable.
[[nodiscard]] Result<Segment> create_segment(const std::filesystem::path& folder, SegmentHead head);

// Fault::corrupt if the head is not what we write, Fault::invalid if a newer version wrote it.
[[nodiscard]] Result<Segment> open_segment(const std::filesystem::path& path);

// Deletes the file for good: a younger one can then never be gone while it is back.
[[nodiscard]] Result<void> delete_segment(const Segment& segment);

// The segments of a folder, oldest first, by name. Deletes what a crash left of a creation.
[[nodiscard]] Result<std::vector<std::filesystem::path>> segment_paths(const std::filesystem::path& folder);

[[nodiscard]] Error damaged(const Segment& segment, std::uint64_t position);

// Walks the frames of a segment.
class SegmentScan {
public:
    [[nodiscard]] static Result<SegmentScan> of(const Segment& segment, const File& file);

    // The next frame if it is whole, unharmed and has the number that is due. A view into the scan.
    [[nodiscard]] std::optional<FrameView> next();

    [[nodiscard]] std::uint64_t position() const { return mapping_.bytes().size() - rest_.size(); }  // of the next
    [[nodiscard]] FrameNumber due() const { return due_; }
    [[nodiscard]] std::uint64_t rest_bytes() const { return rest_.size(); }
    // After next() gave nothing: whether a later frame follows what it refused, which then is damage, not a torn end.
    [[nodiscard]] bool later_frame_follows() const;

private:
    SegmentScan(Mapping mapping, const Segment& segment);

    Mapping mapping_;
    std::string_view rest_;
    FrameNumber due_;
};

// Where in a segment each partition's records stand.
class SegmentIndex {
public:
    struct Entry {  // one frame that holds records of the partition
        std::uint64_t offset;
        std::uint32_t position;    // of the frame
        std::uint32_t head_bytes;  // of the frame: header and records
    };
    SegmentIndex() : entries_(partition_count()) {}
    void add(const Frame& frame, std::uint64_t position);
    // The last frame that starts at or before `offset`.
    [[nodiscard]] std::optional<Entry> find(std::size_t partition, std::uint64_t offset) const;

private:
    std::vector<std::vector<Entry>> entries_;
};

// All that a segment tells when it is read from its head on, up to its end or to the first frame that is not whole.
struct SegmentContents {
    SegmentIndex index;
    Offsets next;
    WallMs newest{};
    FrameNumber last = 0;     // the frame before the segment's first, if it holds none
    std::uint64_t bytes = 0;  // up to where frames are whole
    std::uint64_t last_frame_at = 0;
    std::uint64_t bytes_after = 0;  // that are no frame
    bool later_frame_follows = false;
};
// Fault::corrupt if a whole frame says what we never write.
[[nodiscard]] Result<SegmentContents> read_segment(const Segment& segment, const File& file);

}  // namespace whistlestop::embedded
