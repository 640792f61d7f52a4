#pragma once
// Sweep: takes away the rows of a table that are kept for a time only, once it has passed.
//
// A Message has `stub_until_ms`, wall time; rows without one stay. Every minute it walks a bounded part of the table,
// from where it stopped; after a restart it begins anew. With ordinary deletes, since a key may come again.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/runtime/rows.hpp"

namespace whistlestop {

inline constexpr std::int64_t sweep_every_ms = 60'000;
inline constexpr std::size_t sweep_rows_max = 2'000;

template <class Message>
class Sweep {
public:
    // Tables and partitions take turns in the minute, so that no cycle does all of it.
    Sweep(Rows<Message> rows, std::uint16_t partition)
        : rows_{rows}, turn_ms_{(partition * 7 + rows.table().value) % 60 * 1000 + 1000} {}

    // From the processor's own on_cycle.
    void on_cycle(Context& context) {
        const BootMs now = context.now().boot;
        if (due_ == BootMs{}) due_ = now + turn_ms_;
        if (now >= due_) {
            sweep(context);
            due_ = now + sweep_every_ms;
        }
        context.wake_at(due_);
    }

private:
    void sweep(Context& context) {
        const std::int64_t now = context.now().wall.value;
        std::vector<std::string> gone;
        std::size_t seen = 0;
        std::string last;
        context.scan(rows_.table(), from_, [&](std::string_view key, std::string_view value) {
            last = key;
            const std::int64_t until = rows_.parse(value).stub_until_ms();
            if (until != 0 && until < now) gone.push_back(last);
            return ++seen < sweep_rows_max;
        });
        for (const std::string& key : gone) rows_.erase(context, key);
        from_ = seen < sweep_rows_max ? std::string{} : last + '\0';
    }

    Rows<Message> rows_;
    std::int64_t turn_ms_;
    BootMs due_;
    std::string from_;
};

}  // namespace whistlestop
