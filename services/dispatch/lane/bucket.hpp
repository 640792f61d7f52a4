#pragma once
// Bucket: an exact sliding window over segments, by the boot clock's milliseconds.
//
// A carrier counts in its own time; both ends of a distance are cut to whole milliseconds here, so the window is two
// longer. An entry may lie ahead: the latest moment at which a call that is under way can start.

#include <array>
#include <cstdint>
#include <utility>

#include "common/base/check.hpp"
#include "common/base/clock.hpp"

namespace whistlestop::dispatch {

class Bucket {
public:
    static constexpr std::int64_t window_ms = 1000 + 2;
    static constexpr std::int64_t ahead_max_ms = 600;

    // Is there room for `segments` now? A text larger than the whole window may go alone.
    [[nodiscard]] bool room(BootMs now, std::uint32_t segments, std::uint32_t limit) {
        advance(now);
        return total_ == 0 || total_ + segments <= limit;
    }

    // At most ahead_max_ms ahead of now.
    void add(BootMs now, BootMs when, std::uint32_t segments) {
        advance(now);
        if (when <= behind_) return;
        check(when - behind_ < size);
        slots_[slot(when)] += segments;
        total_ += segments;
    }

    // What was added with the same moment.
    void remove(BootMs now, BootMs when, std::uint32_t segments) {
        advance(now);
        if (when <= behind_) return;
        slots_[slot(when)] -= segments;
        total_ -= segments;
    }

private:
    static constexpr std::int64_t size = 2048;
    static_assert(size > window_ms + ahead_max_ms);

    static std::size_t slot(BootMs when) { return static_cast<std::size_t>(when.value % size); }

    void advance(BootMs now) {
        const BootMs behind = now + -window_ms;
        if (behind - behind_ >= size) {
            slots_.fill(0);
            total_ = 0;
            behind_ = behind;
        }
        for (; behind_ < behind; total_ -= std::exchange(slots_[slot(behind_)], 0)) behind_ = behind_ + 1;
    }

    std::array<std::uint32_t, size> slots_{};
    std::uint64_t total_ = 0;
    BootMs behind_;  // up to and with it nothing counts any more
};

}  // namespace whistlestop::dispatch
