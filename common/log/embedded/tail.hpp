#pragma once
// Tail: the newest frames, in memory. Who keeps up reads here and never touches the disk.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "common/log/embedded/frame.hpp"

namespace whistlestop::embedded {

class Tail {
public:
    // Holds as many frames as fit into `bytes_max`, and the newest in any case.
    explicit Tail(std::size_t bytes_max) : bytes_max_{bytes_max}, recent_(partition_count()) {}

    void add(std::shared_ptr<const Frame> frame);

    // Appends records of the partition from `offset` on, which is there, at most `records_max`. Returns how many: none
    // if it is older than the tail.
    std::size_t read(std::size_t partition, std::uint64_t offset, std::size_t records_max, Batch& into) const;

private:
    struct Recent {
        std::uint64_t offset;  // of the first record of the run
        FrameNumber frame;
        std::uint32_t run;  // its place among the frame's runs
    };
    using Found = std::vector<std::pair<std::shared_ptr<const Frame>, const Frame::Run*>>;
    [[nodiscard]] Found find(std::size_t partition, std::uint64_t offset, std::size_t records_max) const;
    void drop_oldest();

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;
    std::deque<std::shared_ptr<const Frame>> frames_;  // without gaps
    std::vector<std::deque<Recent>> recent_;           // by partition, of the frames that are here
};

}  // namespace whistlestop::embedded
