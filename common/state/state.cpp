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

const OverlayRow* Overlay::find(std::string_view key) const {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : *found;
}

OverlayRow* Overlay::find(std::string_view key) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : *found;
}

OverlayRow& Overlay::add(std::string_view key) {
    OverlayRow& row = rows_.emplace_back(std::string{key});
    check(index_.insert(&row).second);
    return row;
}

std::optional<std::string_view> State::get(std::string_view key) {
    if (const OverlayRow* row = active_.find(key)) return value_of(*row);
    if (const OverlayRow* row = frozen_ ? frozen_->find(key) : nullptr) return value_of(*row);
    if (!store_.get(key, scratch_)) return std::nullopt;
    return scratch_;
}

OverlayRow& State::row_of(std::string_view key) {
    OverlayRow* row = active_.find(key);
    if (row == nullptr) {
        row = &active_.add(key);
        bytes_ += key.size() + sizeof(OverlayRow) + 16;
    }
    if (!row->dirty) {
        row->dirty = true;
        dirty_.push_back(row);
    }
    return *row;
}

void State::put(std::string_view key, std::string_view value) {
    OverlayRow& row = row_of(key);
    bytes_ += value.size();
    row.value.assign(value);
    row.erased = false;
}

void State::insert(std::string_view key, std::string_view value) {
    const bool known = active_.find(key) != nullptr;
    put(key, value);
    if (!known) row_of(key).fresh = true;
}

void State::erase(std::string_view key) {
    OverlayRow& row = row_of(key);
    row.value.clear();
    row.erased = true;
}

void State::take_changes(Commit& commit) {
    for (OverlayRow* row : dirty_) {
        row->dirty = false;
        if (row->erased) {
            commit.erase_row(row->key);
        } else {
            commit.put_row(row->key, row->value);
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
    // About as many will change again: growing means stopping to move all of them.
    active_.reserve(frozen_->rows().size());
    bytes_ = 0;
    return frozen_;
}

std::shared_ptr<const Overlay> State::thaw() {
    check(frozen_ != nullptr);
    return std::exchange(frozen_, nullptr);
}

std::vector<StoreRow> rows_to_write(const Overlay& overlay) {
    std::vector<StoreRow> rows;
    rows.reserve(overlay.rows().size());
    for (const OverlayRow& row : overlay.rows()) {
        if (row.erased && row.fresh) continue;
        rows.push_back({row.key, value_of(row)});
    }
    std::ranges::sort(rows, {}, &StoreRow::key);
    return rows;
}

}  // namespace whistlestop
