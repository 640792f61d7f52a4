#include "common/log/embedded/frame_cache.hpp"

namespace whistlestop::embedded {

std::shared_ptr<const Frame> FrameCache::find(Place place) {
    const std::lock_guard lock{mutex_};
    const auto found = places_.find(place);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->second;
}

void FrameCache::add(Place place, const std::shared_ptr<const Frame>& frame) {
    const std::lock_guard lock{mutex_};
    if (places_.contains(place)) return;  // another reader was faster
    order_.emplace_front(place, frame);
    places_.emplace(place, order_.begin());
    bytes_ += frame->memory();
    while (bytes_ > bytes_max_ && order_.size() > 1) {
        bytes_ -= order_.back().second->memory();
        places_.erase(order_.back().first);
        order_.pop_back();
    }
}

}  // namespace whistlestop::embedded
