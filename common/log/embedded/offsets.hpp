#pragma once
// Offsets: one offset for every partition there is, by index_of().

#include <cstdint>
#include <vector>

#include "common/log/topic.hpp"

namespace whistlestop::embedded {

using Offsets = std::vector<std::uint64_t>;

[[nodiscard]] inline Offsets no_offsets() { return Offsets(partition_count(), 0); }

// Calls `visit(TopicPartition)` for every partition, in order of its index.
void for_each_partition(auto visit) {
    for (const TopicSpec& spec : all_topics())
        for (std::uint16_t partition = 0; partition < spec.partitions; ++partition)
            visit(TopicPartition{spec.topic, partition});
}

}  // namespace whistlestop::embedded
