#include "common/fault/fault.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/check.hpp"

namespace whistlestop::fault {
namespace {

constexpr std::array<Named, point_count> table = {{
    {worker_before_submit, "worker_before_submit", "a worker's commit is built and not yet handed to the log"},
    {worker_after_durable, "worker_after_durable", "a commit is durable and its worker has not yet learnt it"},
    {log_before_write, "log_before_write", "a frame is built and nothing of it is written"},
    {log_before_sync, "log_before_sync", "a frame is written and not yet synced"},
    {log_after_sync, "log_after_sync", "a frame is durable and nobody has been told"},
    {log_segment_rotated, "log_segment_rotated", "a new segment exists and holds no frame"},
    {log_before_trim, "log_before_trim", "a segment is about to be deleted"},
    {checkpoint_before_write, "checkpoint_before_write", "a checkpoint is about to write its rows"},
    {checkpoint_after_write, "checkpoint_after_write", "a checkpoint's rows and anchor are written and not flushed"},
    {checkpoint_after_flush, "checkpoint_after_flush", "a checkpoint is on disk and its overlay still in memory"},
    {effect_before_gate, "effect_before_gate", "an intent is durable and the gate not yet asked"},
    {effect_before_call, "effect_before_call", "the gate said go and no byte has left"},
    {effect_answered, "effect_answered", "a carrier answered and the outcome is not yet committed"},
    {intake_before_append, "intake_before_append", "a webhook is verified and not yet handed to the log"},
    {intake_after_durable, "intake_after_durable", "a webhook is durable and not yet answered"},
}};
static_assert([] {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].point) != i) return false;
    return true;
}());

struct Armed {
    std::uint64_t reached_before = 0;  // hits still to pass
    Action action;
};

struct State {
    std::mutex mutex;
    bool counting = false;
    std::array<std::uint64_t, point_count> hits{};
    std::array<std::optional<Armed>, point_count> armed;
};

State& state() {
    static State all;
    return all;
}

std::size_t number_of(Point point) { return static_cast<std::size_t>(point); }

struct Setting {
    Point point;
    std::uint64_t nth;
};

Result<Setting> parse(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto named = std::ranges::find(table, text.substr(0, colon), &Named::name);
    if (named == table.end())
        return fail(Fault::invalid, "no fault point is named " + std::string{text.substr(0, colon)});
    Setting setting{named->point, 0};
    const std::string_view nth = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    const char* const past = nth.data() + nth.size();
    if (std::from_chars(nth.data(), past, setting.nth) != std::from_chars_result{past, std::errc{}} || setting.nth == 0)
        return fail(Fault::invalid, "want name:nth with nth from 1, got " + std::string{text});
    return setting;
}

}  // namespace

std::span<const Named, point_count> names() { return table; }

void kill_process(Point) {
    ::kill(::getpid(), SIGKILL);
    std::abort();  // not reached: the signal cannot be blocked
}

void throw_crash(Point point) { throw Crash{point}; }

void arm(Point point, std::uint64_t nth, Action action) {
    check(nth > 0 && action != nullptr);
    const std::lock_guard lock{state().mutex};
    state().armed[number_of(point)] = Armed{nth - 1, std::move(action)};
    detail::watched.store(true);
}

Result<void> arm_from_environment() {
    const char* const value = std::getenv("WHISTLESTOP_FAULT");
    if (value == nullptr || *value == '\0') return {};
    std::vector<Setting> settings;
    std::string_view rest = value;
    while (true) {
        const std::size_t comma = rest.find(',');
        const auto setting = parse(rest.substr(0, comma));
        if (!setting) return fail(setting.error().fault, "WHISTLESTOP_FAULT: " + setting.error().detail);
        settings.push_back(*setting);
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    for (const Setting& setting : settings) arm(setting.point, setting.nth, kill_process);
    return {};
}

void count_hits() {
    const std::lock_guard lock{state().mutex};
    state().counting = true;
    detail::watched.store(true);
}

std::array<std::uint64_t, point_count> hits() {
    const std::lock_guard lock{state().mutex};
    return state().hits;
}

void reset() {
    const std::lock_guard lock{state().mutex};
    detail::watched.store(false);
    state().counting = false;
    state().hits = {};
    state().armed = {};
}

void detail::reached(Point point) {
    Action action;
    {
        const std::lock_guard lock{state().mutex};
        if (state().counting) ++state().hits[number_of(point)];
        auto& armed = state().armed[number_of(point)];
        if (!armed) return;
        if (armed->reached_before > 0) {
            --armed->reached_before;
            return;
        }
        action = std::move(armed->action);
        armed.reset();
    }
    action(point);
}

}  // namespace whistlestop::fault
