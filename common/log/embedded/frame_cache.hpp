#pragma once
// FrameCache: frames that were read back, the least recently used leaves first.
//
// Readers that lag read many partitions out of the same frames; each frame should come off the disk once.

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "common/log/embedded/frame.hpp"

namespace whistlestop::embedded {

class FrameCache {
public:
    struct Place {
        FrameNumber segment;  // its first frame
        std::uint32_t position;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    explicit FrameCache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    [[nodiscard]] std::shared_ptr<const Frame> find(Place place);
    void add(Place place, const std::shared_ptr<const Frame>& frame);

private:
    using Order = std::list<std::pair<Place, std::shared_ptr<const Frame>>>;  // the newest use in front

    const std::size_t bytes_max_;
    std::mutex mutex_;
    std::size_t bytes_ = 0;
    Order order_;
    std::map<Place, Order::iterator> places_;
};

}  // namespace whistlestop::embedded
