#include "common/log/embedded/tail.hpp"

#include <algorithm>
#include <utility>

namespace whistlestop::embedded {

void Tail::add(std::shared_ptr<const Frame> frame) {
    const std::lock_guard lock{mutex_};
    for (std::uint32_t i = 0; i < frame->runs.size(); ++i)
        recent_[frame->runs[i].partition].push_back({frame->runs[i].offset, frame->number, i});
    bytes_ += frame->memory();
    frames_.push_back(std::move(frame));
    while (bytes_ > bytes_max_ && frames_.size() > 1) drop_oldest();
}

void Tail::drop_oldest() {
    const Frame& oldest = *frames_.front();
    for (const Frame::Run& run : oldest.runs) recent_[run.partition].pop_front();
    bytes_ -= oldest.memory();
    frames_.pop_front();
}

std::size_t Tail::read(std::size_t partition, std::uint64_t offset, std::size_t records_max, Batch& into) const {
    std::size_t count = 0;
    for (const auto& [frame, run] : find(partition, offset, records_max))
        count += append_records(frame, *run, offset + count, records_max - count, into);
    return count;
}

Tail::Found Tail::find(std::size_t partition, std::uint64_t offset, std::size_t records_max) const {
    Found found;
    const std::lock_guard lock{mutex_};
    const auto& recent = recent_[partition];
    auto at = std::ranges::upper_bound(recent, offset, {}, &Recent::offset);
    if (at == recent.begin()) return found;
    --at;
    for (std::uint64_t wanted = offset; at != recent.end() && wanted - offset < records_max; ++at) {
        const auto& frame = frames_[at->frame - frames_.front()->number];
        const Frame::Run& run = frame->runs[at->run];
        found.emplace_back(frame, &run);
        wanted = run.offset + run.count;
    }
    return found;
}

}  // namespace whistlestop::embedded
