#include "common/runtime/broadcast.hpp"

#include <algorithm>

#include "common/runtime/keys.hpp"

namespace whistlestop {

Broadcast::Broadcast(const BroadcastSpec& spec, Shared& shared)
    : spec_{spec},
      shared_{shared},
      positions_key_{table_prefix(broadcast_stage, static_cast<std::uint16_t>(spec.topic), positions_table)},
      rows_prefix_{table_prefix(broadcast_stage, static_cast<std::uint16_t>(spec.topic), broadcast_table)},
      next_(spec_of(spec.topic).partitions),
      ends_(spec_of(spec.topic).partitions) {}

void Broadcast::open() {
    load_positions();
    shared_.state.scan(rows_prefix_, behind(rows_prefix_), [this](std::string_view key, std::string_view value) {
        spec_.view->load(key.substr(prefix_bytes), value);
        return true;
    });
    for (std::size_t partition = 0; partition < ends_.size(); ++partition) {
        shared_.log.follow(at(partition), next_[partition]);
        ends_[partition] = shared_.log.newest(at(partition));
    }
}

void Broadcast::load_positions() {
    const auto row = shared_.state.get(positions_key_);
    if (!row) return;
    std::string_view bytes = *row;
    for (std::uint64_t& next : next_) next = take_little<std::uint64_t>(bytes);
}

bool Broadcast::caught_up() const { return std::ranges::equal(next_, ends_, std::ranges::greater_equal{}); }

std::size_t Broadcast::read(std::size_t records_max) {
    std::size_t done = 0;
    for (std::size_t partition = 0; partition < next_.size() && done < records_max; ++partition)
        done += read(partition, records_max - done);
    return done;
}

std::size_t Broadcast::read(std::size_t partition, std::size_t records_max) {
    if (shared_.log.end(at(partition)) <= next_[partition]) return 0;
    batch_.clear();
    next_[partition] = shared_.log.read(at(partition), next_[partition], records_max, batch_);
    for (const Record& record : batch_.records) apply(record);
    if (batch_.records.empty()) return 1;  // past a gap, which is worth no commit
    moved_ = true;
    return batch_.records.size();
}

void Broadcast::apply(const Record& record) {
    switch (spec_.view->apply(record, shared_.cycle.now())) {
        case View::Applied::keep: shared_.state.put(rows_prefix_ + std::string{record.key}, record.value); break;
        case View::Applied::pass: break;
        case View::Applied::unreadable: shared_.cycle.dead_letter(record, "value: cannot be read"); break;
    }
}

bool Broadcast::has_input() const {
    for (std::size_t partition = 0; partition < next_.size(); ++partition)
        if (shared_.log.end(at(partition)) > next_[partition]) return true;
    return false;
}

void Broadcast::end_cycle() {
    if (!moved_) return;
    moved_ = false;
    std::string row;
    for (const std::uint64_t next : next_) put_little(row, next);
    shared_.state.put(positions_key_, row);
}

void Broadcast::add_positions(std::vector<std::uint64_t>& lowest) const {
    for (std::size_t partition = 0; partition < next_.size(); ++partition) {
        std::uint64_t& low = lowest[index_of(at(partition))];
        low = std::min(low, next_[partition]);
    }
}

}  // namespace whistlestop
