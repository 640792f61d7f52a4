#pragma once
// Shelf: the segments on disk, and how to find a record in them.
//
// The heads of all segments are in memory: they say which segment holds an offset. Where in it, an index says, which is
// built by reading the segment once when a reader first needs it; a few are kept. The newest segment's index grows as
// it is written.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "common/log/embedded/frame_cache.hpp"
#include "common/log/embedded/segment.hpp"

namespace whistlestop::embedded {

class Shelf {
public:
    // `index` is that of the last of `segments`, oldest first.
    Shelf(std::vector<Segment> segments, SegmentIndex index, std::size_t cache_bytes);

    // By the committer: a new segment begins, a frame is durable at `position` of the newest.
    void begin_segment(Segment segment);
    void add(const Frame& frame, std::uint64_t position);

    // Appends records of the partition from `offset` on, at most `records_max`, out of one frame. Returns how many,
    // none if the oldest segments, and the offset with them, were forgotten. Ends the process if what is read back is
    // damaged.
    std::size_t read(std::size_t partition, std::uint64_t offset, std::size_t records_max, Batch& into);

    // Every segment, oldest first.
    [[nodiscard]] std::vector<std::shared_ptr<const Segment>> segments() const;
    // Forgets the oldest. Who reads in them goes on.
    void forget(std::size_t count);

    [[nodiscard]] std::uint64_t frames_read_back() const;

private:
    struct Open {
        std::shared_ptr<const Segment> segment;
        File file;
        SegmentIndex index;
    };
    struct Found {
        std::shared_ptr<const Open> open;
        SegmentIndex::Entry entry;
    };
    [[nodiscard]] std::shared_ptr<const Segment> segment_of(std::size_t partition, std::uint64_t offset) const;
    [[nodiscard]] std::optional<Found> find(std::size_t partition, std::uint64_t offset);
    [[nodiscard]] std::shared_ptr<const Open> open(const std::shared_ptr<const Segment>& segment);
    [[nodiscard]] bool holds(const std::shared_ptr<const Segment>& segment) const;
    [[nodiscard]] std::shared_ptr<const Frame> load(const Found& found);
    void keep_open(std::shared_ptr<Open> opened);

    mutable std::mutex mutex_;
    std::deque<std::shared_ptr<const Segment>> segments_;
    std::shared_ptr<Open> newest_;                  // its index changes, under the mutex
    std::deque<std::shared_ptr<const Open>> open_;  // older ones, the newest use in front
    std::uint64_t frames_read_back_ = 0;
    FrameCache cache_;
};

}  // namespace whistlestop::embedded
