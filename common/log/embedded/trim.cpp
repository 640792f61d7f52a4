#include "common/log/embedded/trim.hpp"

#include <algorithm>

namespace whistlestop::embedded {
namespace {

// What stands in `segment` is told by the head of the one after it.
bool needed(const SegmentHead& segment, const SegmentHead& after,
            const std::function<std::uint64_t(TopicPartition)>& lowest_position, const Age& age) {
    bool needed = false;
    for_each_partition([&](TopicPartition partition) {
        const std::uint64_t end = after.next[index_of(partition)];
        if (needed || end == segment.next[index_of(partition)]) return;
        const auto retention = std::min<std::chrono::milliseconds>(spec_of(partition.topic).retention, age.most);
        const bool kept = retention.count() > 0 && age.now - after.previous_newest < retention.count();
        needed = kept || lowest_position(partition) < end;
    });
    return needed;
}

}  // namespace

std::size_t trimmable(const std::vector<std::shared_ptr<const Segment>>& segments, FrameNumber anchor,
                      const std::function<std::uint64_t(TopicPartition)>& lowest_position, const Age& age) {
    std::size_t count = 0;
    for (; count + 1 < segments.size(); ++count) {
        const SegmentHead& after = segments[count + 1]->head;
        if (after.first > anchor + 1 || needed(segments[count]->head, after, lowest_position, age)) break;
    }
    return count;
}

}  // namespace whistlestop::embedded
