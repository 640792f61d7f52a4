#pragma once
// Clock: the two times the gateway knows.
//
// Wall time dates records and decides when something is due; it can jump. Boot time (CLOCK_BOOTTIME) measures how long
// something took; it counts suspends and never goes back, but means nothing in another boot of the machine or another
// process' first moment. Both in milliseconds. Stages never read a clock: the runtime hands them both.

#include <compare>
#include <cstdint>

namespace whistlestop {

struct WallMs {
    std::int64_t value = 0;  // since the Unix epoch
    friend auto operator<=>(const WallMs&, const WallMs&) = default;
    friend WallMs operator+(WallMs time, std::int64_t milliseconds) { return {time.value + milliseconds}; }
    friend std::int64_t operator-(WallMs later, WallMs earlier) { return later.value - earlier.value; }
};

struct BootMs {
    std::int64_t value = 0;
    friend auto operator<=>(const BootMs&, const BootMs&) = default;
    friend BootMs operator+(BootMs time, std::int64_t milliseconds) { return {time.value + milliseconds}; }
    friend std::int64_t operator-(BootMs later, BootMs earlier) { return later.value - earlier.value; }
};

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallMs wall() const = 0;
    [[nodiscard]] virtual BootMs boot() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] WallMs wall() const override;
    [[nodiscard]] BootMs boot() const override;
};

}  // namespace whistlestop
