#pragma once
// Fault points: the named moments at which a test lets the process die.
//
// They are compiled in everywhere, so that what is tested is what runs; while nothing is armed or counted, one costs a
// relaxed load. Process-wide on purpose: a point deep in a library is armed from main or from a test. An action runs on
// the thread that reached the point: what throws belongs where the caller can catch it, on a log's own thread only
// kill_process does.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::fault {

enum class Point : std::uint8_t {
    worker_before_submit,
    worker_after_durable,
    log_before_write,
    log_before_sync,
    log_after_sync,
    log_segment_rotated,
    log_before_trim,
    checkpoint_before_write,
    checkpoint_after_write,
    checkpoint_after_flush,
    effect_before_gate,
    effect_before_call,
    effect_answered,
    intake_before_append,
    intake_after_durable,
};
using enum Point;

struct Named {
    Point point;
    std::string_view name;
    std::string_view means;  // what is true at that moment
};
inline constexpr std::size_t point_count = 15;

// Every point there is, in order of its number.
[[nodiscard]] std::span<const Named, point_count> names();

// What throw_crash throws. Nothing but a test's own handler may catch it, so it is no std::exception.
struct Crash {
    Point point;
};

using Action = std::function<void(Point)>;
[[noreturn]] void kill_process(Point point);  // SIGKILL: no destructor, no flush, as a power cut would
[[noreturn]] void throw_crash(Point point);

// Runs `action` when `point` is reached for the `nth` time from now (1: the next time), once.
void arm(Point point, std::uint64_t nth, Action action);

// WHISTLESTOP_FAULT="name:nth", several separated by commas: each kills the process. Fault::invalid names what is
// wrong; nothing is armed then.
[[nodiscard]] Result<void> arm_from_environment();

// From now on every point counts how often it is reached.
void count_hits();
[[nodiscard]] std::array<std::uint64_t, point_count> hits();

// Disarms and forgets everything.
void reset();

namespace detail {
inline std::atomic<bool> watched{false};
void reached(Point point);
}  // namespace detail

inline void point(Point point) {
    if (detail::watched.load(std::memory_order_relaxed)) [[unlikely]]
        detail::reached(point);
}

}  // namespace whistlestop::fault
