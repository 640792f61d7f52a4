#include "common/log/memory/memory_log.hpp"

#include <algorithm>

#include "common/base/check.hpp"

namespace whistlestop {

void MemoryLog::submit(Commit commit, Durable durable) { waiting_.push_back({std::move(commit), std::move(durable)}); }

std::uint64_t MemoryLog::begin(TopicPartition) const { return 0; }

std::uint64_t MemoryLog::end(TopicPartition partition) const {
    const auto found = records_.find(partition);
    return found == records_.end() ? 0 : found->second.size();
}

void MemoryLog::read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) {
    const auto found = records_.find(partition);
    if (found == records_.end()) return;
    const auto& records = found->second;
    for (std::uint64_t i = offset; i < records.size() && records_max > 0; ++i, --records_max) {
        std::string_view bytes = *records[i];
        auto record = take_record(bytes);
        check(record.has_value());
        record->offset = i;
        into.records.push_back(*record);
        into.frames.push_back(records[i]);
    }
}

void MemoryLog::listen(std::function<void()> published) { listeners_.push_back(std::move(published)); }

std::size_t MemoryLog::sync(std::size_t commits) {
    std::size_t done = 0;
    while (done < commits && !waiting_.empty()) {
        Waiting next = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        publish(std::move(next));
        ++done;
    }
    return done;
}

void MemoryLog::publish(Waiting next) {
    std::string_view bytes = next.commit.records();
    while (!bytes.empty()) {
        const std::string_view before = bytes;
        const auto record = take_record(bytes);
        check(record.has_value());
        const std::size_t size = before.size() - bytes.size();
        records_[record->at].push_back(std::make_shared<const std::string>(before.substr(0, size)));
    }
    rows_.push_back(next.commit.rows());
    next.durable(rows_.size());
    for (const auto& listener : listeners_) listener();
}

void MemoryLog::crash() {
    waiting_.clear();
    listeners_.clear();
}

void MemoryLog::replay(FrameNumber anchor, const std::function<void(const RowChange&)>& apply) const {
    for (std::size_t frame = anchor; frame < rows_.size(); ++frame) {
        std::string_view rows = rows_[frame];
        while (const auto row = take_row(rows)) apply(*row);
    }
}

}  // namespace whistlestop
