#pragma once
// Processor: what a stage is made of. One per task; pure: no I/O, no thread, no clock.
//
// Whatever happens comes through one of the calls below, and everything a processor does goes through its Context. All
// that is done in one cycle, by all tasks of a worker, is one commit: rows, outputs, timers, input positions. Outputs
// are readable and effects start only when that commit is durable. After a crash a task opens with the rows of the last
// durable commit and sees again every record after them; what it kept in members is rebuilt in on_open.

#include <any>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/log/record.hpp"

namespace whistlestop {

// A table of a task. Numbers are part of the key on disk: never reuse one. Below 8 is the runtime's.
struct TableId {
    std::uint8_t value;
};
inline constexpr std::uint8_t first_free_table = 8;

// Fires once when the wall clock has passed `due`, however often the task was reopened since. The wall clock may jump:
// ahead fires early, back fires nothing twice and holds nothing up (see Moment).
struct Timer {
    WallMs due;
    std::string id;
};

// The two times, read once per cycle. `wall` never goes back within a process: where the machine's clock is set back,
// it goes on with the boot clock's pace.
struct Moment {
    WallMs wall;
    BootMs boot;
};

// Something to be done outside once the commit that intends it is durable. `request` is for the stage's own port.
struct Effect {
    std::string id;
    std::any request;
};

// `started` is false where may_start said no: then nothing was done. `outcome` is the port's.
struct EffectResult {
    std::string id;
    bool started = true;
    std::any outcome;
};

// What does effects. Called on the worker's thread; `done` may be called from any, once. Dropping it is a bug.
class EffectPort {
public:
    virtual ~EffectPort() = default;
    virtual void start(Effect effect, std::move_only_function<void(std::any outcome)> done) = 0;
};

struct Output {
    Topic topic;
    std::string_view placed_by;  // what decides the partition: the contact, the lane group, the campaign
    std::string_view key;
    std::string_view value;
    std::string_view headers = {};                // encoded
    std::optional<std::uint16_t> partition = {};  // instead of placed_by
};

class Context {
public:
    virtual ~Context() = default;

    [[nodiscard]] virtual Moment now() const = 0;
    // The process is about to end: finish what is open, begin nothing.
    [[nodiscard]] virtual bool draining() const = 0;

    // Rows of this task. A view is valid until the next call of any kind on this context.
    [[nodiscard]] virtual std::optional<std::string_view> get(TableId table, std::string_view key) = 0;
    virtual void put(TableId table, std::string_view key, std::string_view value) = 0;
    // For a key that was never used before: see State::insert.
    virtual void insert(TableId table, std::string_view key, std::string_view value) = 0;
    virtual void erase(TableId table, std::string_view key) = 0;
    // The rows from `from` on, in order of their keys, until the visitor says false, as the newest checkpoint left
    // them: to an opening that is everything, later get() says how a row stands now. The visitor must not change rows.
    using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
    virtual void scan(TableId table, std::string_view from, const Visitor& visit) = 0;

    virtual void emit(const Output& output) = 0;
    // For compacted topics: of the outputs with this key in one commit only the last is written.
    virtual void emit_latest(const Output& output) = 0;
    // The record goes to `dlq` with its source, offset and `reason` (no number, no text) in headers.
    virtual void dead_letter(const Record& record, std::string_view reason) = 0;

    // The same timer (due and id) twice is one.
    virtual void arm(const Timer& timer) = 0;
    virtual void disarm(const Timer& timer) = 0;
    // on_cycle is called at that moment or a little later; only the earliest asked for counts. Forgotten by a restart.
    virtual void wake_at(BootMs when) = 0;

    virtual void intend(Effect effect) = 0;
};

class Processor {
public:
    virtual ~Processor() = default;

    // The rows are those of the last durable commit; every view is as complete as it was when the worker opened.
    virtual void on_open(Context&) {}
    virtual void on_record(Context& context, const Record& record) = 0;
    virtual void on_timer(Context&, const Timer&) {}
    virtual void on_effect(Context&, EffectResult&&) {}
    // Last in every cycle in which anything else was called, or wake_at fell due.
    virtual void on_cycle(Context&) {}
    // Asked on the worker's thread when the commit is durable, just before the port gets the effect. May change
    // members, not rows. After false, on_effect follows with `started` false.
    [[nodiscard]] virtual bool may_start(const Effect&, const Moment&) { return true; }
};

// Which inputs go first. No topic mixes two.
enum class Priority : std::uint8_t {
    said,     // what people said: stops above all
    command,  // commands and replies
    event,    // what happened to texts
    bulk,     // loads: a fixed share, never more while others wait
};

struct Input {
    Topic topic;
    Priority priority;
};

// A stage's number is part of every key on disk: never reuse one. Its task p reads partition p of every input.
struct StageSpec {
    std::uint8_t number = 0;
    std::string_view name;
    std::uint16_t partitions = 1;
    std::vector<Input> inputs;
    std::function<std::unique_ptr<Processor>(std::uint16_t partition)> make;
    EffectPort* port = nullptr;  // where its effects go; outlives the worker
};

// A broadcast table: a topic that every process reads whole. Its rows are durable, with their position; the view is
// what processors look into, on the worker's thread. Before any task opens a view holds all that was durable when the
// worker did.
class View {
public:
    virtual ~View() = default;
    // A kept row, at opening.
    virtual void load(std::string_view key, std::string_view value) = 0;
    // A record as it comes. `keep`: its value is the row of its key. `unreadable` goes to `dlq`.
    enum class Applied : std::uint8_t { keep, pass, unreadable };
    [[nodiscard]] virtual Applied apply(const Record& record, const Moment& now) = 0;
};

struct BroadcastSpec {
    Topic topic;
    View* view = nullptr;  // outlives the worker
};

}  // namespace whistlestop
