#pragma once
// State: the rows of one worker, as they stand after everything it has done, in two layers above a store.
//
// Changed rows live in the overlay. A checkpoint freezes it: a background thread writes the frozen rows to the store
// while new changes gather in a fresh overlay; then the frozen rows are let go. Used by one thread; only the frozen
// rows are read by another.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/text_map.hpp"
#include "common/log/log.hpp"
#include "common/state/store.hpp"

namespace whistlestop {

struct OverlayRow {
    std::string key;
    std::string value;
    bool erased = false;
    bool fresh = false;  // nothing older lies below, so that erasing it leaves nothing to write
    bool dirty = false;  // not in a commit yet
};

// Changed rows, in the order of their first change.
class Overlay {
public:
    Overlay() = default;
    Overlay(Overlay&&) noexcept = default;  // the rows stay where they are; a copy would point at the first one's
    Overlay& operator=(Overlay&&) noexcept = default;

    [[nodiscard]] const OverlayRow* find(std::string_view key) const;
    [[nodiscard]] OverlayRow* find(std::string_view key);
    // There must be none of that key.
    OverlayRow& add(std::string_view key);
    void reserve(std::size_t rows) { index_.reserve(rows); }
    [[nodiscard]] const std::deque<OverlayRow>& rows() const { return rows_; }

private:
    std::deque<OverlayRow> rows_;
    KeyIndex<OverlayRow> index_;
};

class State {
public:
    explicit State(Store& store) : store_{store} {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // Valid until the next call of any kind.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view key);
    void put(std::string_view key, std::string_view value);
    // A row whose key has never been used before: cheaper than put(), since it may vanish without a trace.
    void insert(std::string_view key, std::string_view value);
    void erase(std::string_view key);

    // Visits the rows of [from, to) in order of their keys until the visitor says false, as the newest checkpoint left
    // them: after checkpoint_all() that is everything, later get() says how a row stands now.
    void scan(std::string_view from, std::string_view to, const Store::Visitor& visit) { store_.scan(from, to, visit); }

    // Moves every row changed since the last call into `commit`, each once, as it now stands.
    void take_changes(Commit& commit);
    [[nodiscard]] bool changed() const { return !dirty_.empty(); }

    // While opening: a row of a frame after the anchor.
    void replay(const RowChange& row);

    // Of the overlay, roughly.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] bool frozen() const { return frozen_ != nullptr; }
    // Everything must have been taken into a commit, and nothing be frozen.
    [[nodiscard]] std::shared_ptr<const Overlay> freeze();
    // The frozen rows have reached the store. To be let go where there is time: it takes some.
    std::shared_ptr<const Overlay> thaw();

private:
    OverlayRow& row_of(std::string_view key);

    Store& store_;
    Overlay active_;
    std::shared_ptr<const Overlay> frozen_;
    std::vector<OverlayRow*> dirty_;
    std::size_t bytes_ = 0;
    std::string scratch_;
};

// The rows that a checkpoint has to write, in order of their keys. Views into `overlay`.
[[nodiscard]] std::vector<StoreRow> rows_to_write(const Overlay& overlay);

}  // namespace whistlestop
