#include "common/state/state.hpp"

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"

namespace whistlestop {
namespace {

std::optional<std::string_view> value_of(const OverlayRow& row) {
    if (row.erased) return std::nullopt;
    return row.value;
}

}  // namespace

std::optional<std::string_view> State::get(std::string_view key) {
    if (const auto found = active_.find(key); found != active_.end()) return value_of(found->second);
    if (frozen_) {
        if (const auto found = frozen_->find(key); found != frozen_->end()) return value_of(found->second);
    }
    if (!store_.get(key, scratch_)) return std::nullopt;
    return scratch_;
}

OverlayRow& State::row_of(std::string_view key) {
    auto found = active_.find(key);
    if (found == active_.end()) {
        found = active_.emplace(std::string{key}, OverlayRow{}).first;
        bytes_ += key.size() + sizeof(Overlay::value_type) + 16;
    }
    OverlayRow& row = found->second;
    if (!row.dirty) {
        row.dirty = true;
        dirty_.push_back(&*found);
    }
    return row;
}

void State::put(std::string_view key, std::string_view value) {
    OverlayRow& row = row_of(key);
    bytes_ += value.size();
    row.value.assign(value);
    row.erased = false;
}

void State::insert(std::string_view key, std::string_view value) {
    const bool known = active_.contains(key);
    put(key, value);
    if (!known) row_of(key).fresh = true;
}

void State::erase(std::string_view key) {
    OverlayRow& row = row_of(key);
    row.value.clear();
    row.erased = true;
}

void State::take_changes(Commit& commit) {
    for (Overlay::value_type* changed : dirty_) {
        OverlayRow& row = changed->second;
        row.dirty = false;
        if (row.erased) {
            commit.erase_row(changed->first);
        } else {
            commit.put_row(changed->first, row.value);
        }
    }
    dirty_.clear();
}

void State::replay(const RowChange& change) {
    OverlayRow& row = row_of(change.key);
    row.erased = !change.value.has_value();
    row.value.assign(change.value.value_or(std::string_view{}));
    bytes_ += row.value.size();
    row.dirty = false;
    dirty_.clear();
}

std::shared_ptr<const Overlay> State::freeze() {
    check(dirty_.empty());
    check(!frozen_);
    frozen_ = std::make_shared<const Overlay>(std::move(active_));
    active_ = Overlay{};
    active_.reserve(frozen_->size());  // about as many will change again: growing means stopping to move all of them
    bytes_ = 0;
    return frozen_;
}

std::shared_ptr<const Overlay> State::thaw() {
    check(frozen_ != nullptr);
    return std::exchange(frozen_, nullptr);
}

std::vector<StoreRow> rows_to_write(const Overlay& overlay) {
    std::vector<StoreRow> rows;
    rows.reserve(overlay.size());
    for (const auto& [key, row] : overlay) {
        if (row.erased && row.fresh) continue;
        rows.push_back({key, value_of(row)});
    }
    std::ranges::sort(rows, {}, &StoreRow::key);
    return rows;
}

}  // namespace whistlestop
