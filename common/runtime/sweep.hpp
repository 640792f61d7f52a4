#pragma once
// Walk: looks at a table a bounded part at a time. Sweep: takes away its rows that are kept for a time only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/runtime/rows.hpp"

namespace whistlestop {

inline constexpr std::int64_t walk_every_ms = 60'000;
inline constexpr std::int64_t walk_on_ms = 5'000;
inline constexpr std::size_t walk_rows_max = 2'000;

// A turn every minute; after five seconds where the one before did not come to the end. A restart begins anew.
template <class Message>
class Walk {
public:
    // Tables and partitions take turns in the minute, so that no cycle does all of it.
    Walk(Rows<Message> rows, std::uint16_t partition)
        : rows_{rows}, turn_ms_{(partition * 7 + rows.table().value) % 60 * 1000 + 1000} {}

    using Found = std::vector<std::pair<std::string, Message>>;
    // From the processor's own on_cycle: the rows of a turn that is due for which `wanted(row)` holds, with their keys.
    template <class Wanted>
    [[nodiscard]] Found on_cycle(Context& context, const Wanted& wanted) {
        const BootMs now = context.now().boot;
        if (due_ == BootMs{}) due_ = now + turn_ms_;
        Found found;
        if (now >= due_) {
            found = look(context, wanted);
            due_ = now + (from_.empty() ? walk_every_ms : walk_on_ms);
        }
        context.wake_at(due_);
        return found;
    }

private:
    template <class Wanted>
    Found look(Context& context, const Wanted& wanted) {
        std::vector<std::string> candidates;
        std::size_t seen = 0;
        std::string last;
        context.scan(rows_.table(), from_, [&](std::string_view key, std::string_view value) {
            last = key;
            if (wanted(rows_.parse(value))) candidates.push_back(last);
            return ++seen < walk_rows_max;
        });
        from_ = seen < walk_rows_max ? std::string{} : last + '\0';
        return as_they_stand(context, std::move(candidates), wanted);
    }

    template <class Wanted>
    Found as_they_stand(Context& context, std::vector<std::string> keys, const Wanted& wanted) {
        Found found;
        for (std::string& key : keys) {
            std::optional<Message> row = rows_.get(context, key);
            if (row && wanted(*row)) found.emplace_back(std::move(key), *std::move(row));
        }
        return found;
    }

    Rows<Message> rows_;
    std::int64_t turn_ms_;
    BootMs due_;
    std::string from_;
};

// A Message has `stub_until_ms`, wall time; rows without one stay. With ordinary deletes, since a key may come again.
template <class Message>
class Sweep {
public:
    Sweep(Rows<Message> rows, std::uint16_t partition) : rows_{rows}, walk_{rows, partition} {}

    // From the processor's own on_cycle.
    void on_cycle(Context& context) {
        const std::int64_t now = context.now().wall.value;
        const auto is_over = [now](const Message& row) {
            return row.stub_until_ms() != 0 && row.stub_until_ms() < now;
        };
        for (const auto& [key, row] : walk_.on_cycle(context, is_over)) rows_.erase(context, key);
    }

private:
    Rows<Message> rows_;
    Walk<Message> walk_;
};

}  // namespace whistlestop
