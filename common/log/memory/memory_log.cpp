#include "common/log/memory/memory_log.hpp"

#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"

namespace whistlestop {

void MemoryLog::submit(Commit commit, Durable durable) { waiting_.push_back({std::move(commit), std::move(durable)}); }

void MemoryLog::follow(TopicPartition partition, std::uint64_t) { followed_.insert(partition); }

std::uint64_t MemoryLog::begin(TopicPartition) const { return 0; }

std::uint64_t MemoryLog::end(TopicPartition partition) const {
    const Partition* const from = readable(partition);
    return from == nullptr ? 0 : from->end;
}

std::uint64_t MemoryLog::newest(TopicPartition partition) const {
    const auto found = partitions_.find(partition);
    return found == partitions_.end() ? 0 : found->second.newest;
}

std::uint64_t MemoryLog::read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) {
    const Partition* const from = readable(partition);
    if (from == nullptr || offset >= from->end || records_max == 0) return offset;
    auto at = from->records.lower_bound(offset);
    const bool in_gap = at != from->records.end() && at->first > offset;
    if (in_gap) return std::min(at->first, from->end);  // a log may pass it alone
    for (; at != from->records.end() && at->first < from->end; ++at) {
        if (records_max-- == 0) return offset;
        std::string_view bytes = *at->second;
        const auto record = take_record(bytes);
        check(record.has_value());
        into.records.push_back(*record);
        into.frames.push_back(at->second);
        offset = at->first + 1;
    }
    return from->end;
}

const MemoryLog::Partition* MemoryLog::readable(TopicPartition partition) const {
    const auto found = partitions_.find(partition);
    const bool fetched = options_.publish == Options::Publish::at_once || followed_.contains(partition);
    return found == partitions_.end() || !fetched ? nullptr : &found->second;
}

void MemoryLog::listen(std::function<void()> published) { listeners_.push_back(std::move(published)); }

std::size_t MemoryLog::sync(std::size_t commits) {
    std::size_t done = publish();
    for (std::size_t i = 0; i < commits && !waiting_.empty(); ++i, ++done) {
        Waiting next = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        make_durable(std::move(next));
    }
    return done;
}

void MemoryLog::make_durable(Waiting next) {
    std::string placed;
    std::set<TopicPartition> written;
    std::string_view records = next.commit.records();
    while (!records.empty()) {
        auto record = take_record(records);
        check(record.has_value());
        Partition& partition = partitions_[record->at];
        record->offset = partition.newest++;
        std::string bytes;
        encode_record(bytes, *record);
        placed += bytes;
        partition.records[record->offset] = std::make_shared<const std::string>(std::move(bytes));
        written.insert(record->at);
    }
    for (const TopicPartition at : written) partitions_[at].newest += options_.gap;
    for (const auto& [from, position] : next.commit.consumed()) consumed_[from] = position;
    Anchor anchor;  // before this commit: every log rolls forward some of what the state holds already
    put_big(anchor, std::uint64_t{rows_.size()});
    rows_.push_back(next.commit.rows());
    if (options_.publish == Options::Publish::at_once) publish();
    next.durable({anchor, placed});
}

std::size_t MemoryLog::publish() {
    std::size_t moved = 0;
    for (auto& [at, partition] : partitions_) {
        if (partition.end == partition.newest) continue;
        const std::uint64_t records_end = partition.records.rbegin()->first + 1;
        const bool records_first = options_.publish == Options::Publish::late && partition.end < records_end;
        partition.end = records_first ? records_end : partition.newest;
        ++moved;
    }
    if (moved > 0)
        for (const auto& listener : listeners_) listener();
    return moved;
}

void MemoryLog::crash() {
    waiting_.clear();
    listeners_.clear();
    followed_.clear();
}

void MemoryLog::replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) const {
    std::string_view bytes = anchor;
    for (std::size_t next = bytes.empty() ? 0 : take_big<std::uint64_t>(bytes); next < rows_.size(); ++next) {
        std::string_view rows = rows_[next];
        while (const auto row = take_row(rows)) apply(*row);
    }
}

std::uint64_t MemoryLog::consumed(TopicPartition from) const {
    const auto found = consumed_.find(from);
    return found == consumed_.end() ? 0 : found->second;
}

}  // namespace whistlestop
