#include "common/state/store.hpp"

namespace whistlestop {

bool MemoryStore::get(std::string_view key, std::string& value) {
    const auto found = rows_.find(key);
    if (found == rows_.end()) return false;
    value = found->second;
    return true;
}

void MemoryStore::scan(std::string_view from, std::string_view to, const Visitor& visit) {
    for (auto row = rows_.lower_bound(from); row != rows_.end() && row->first < to; ++row)
        if (!visit(row->first, row->second)) return;
}

void MemoryStore::write(const std::vector<StoreRow>& rows, const Anchor& anchor) {
    for (const StoreRow& row : rows) {
        if (row.value) {
            rows_.insert_or_assign(std::string{row.key}, std::string{*row.value});
        } else if (const auto found = rows_.find(row.key); found != rows_.end()) {
            rows_.erase(found);
        }
    }
    anchor_ = anchor;
}

}  // namespace whistlestop
