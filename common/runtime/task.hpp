#pragma once
// Task: one partition of one stage. It owns the processor, gives it its context, and keeps positions and timers.

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/log/log.hpp"
#include "common/runtime/cycle.hpp"
#include "common/runtime/processor.hpp"
#include "common/state/state.hpp"

namespace whistlestop {

// Of one task: what falls due all at once keeps no record waiting.
inline constexpr std::size_t timers_per_cycle_max = 50;

// What a task shares with the others of its worker.
struct Shared {
    Log& log;
    State& state;
    Cycle& cycle;
    bool draining = false;
};

class Task final : public Context {
public:
    Task(const StageSpec& stage, std::uint16_t partition, Shared& shared);

    // Loads positions and timers, then opens the processor.
    void open();
    // Handles at most `records_max` records of inputs of that priority; says how many. A gap passed counts as one.
    std::size_t read(Priority priority, std::size_t records_max);
    [[nodiscard]] bool has_input() const;
    // At most `timers_per_cycle_max` of those that are due.
    void fire_timers();
    void finish(EffectResult result);
    // The last call of a cycle: on_cycle if anything happened or was due, then positions become rows.
    void end_cycle();
    // The earliest moment at which something falls due by itself.
    [[nodiscard]] std::optional<WallMs> next_timer() const;
    [[nodiscard]] std::optional<BootMs> next_wake() const { return wake_; }

    [[nodiscard]] bool may_start(const Effect& effect, const Moment& now) { return processor_->may_start(effect, now); }
    [[nodiscard]] EffectPort* port() const { return stage_.port; }
    // The next offset of every input.
    void add_positions(std::vector<std::uint64_t>& lowest) const;

    [[nodiscard]] std::string_view stage_name() const { return stage_.name; }
    // How many records of its inputs[`input`] it has not read yet. From any thread.
    [[nodiscard]] std::uint64_t lag(std::size_t input) const;
    [[nodiscard]] const std::vector<Input>& inputs() const { return stage_.inputs; }

    [[nodiscard]] Moment now() const override { return shared_.cycle.now(); }
    [[nodiscard]] bool draining() const override { return shared_.draining; }
    [[nodiscard]] std::optional<std::string_view> get(TableId table, std::string_view key) override;
    void put(TableId table, std::string_view key, std::string_view value) override;
    void insert(TableId table, std::string_view key, std::string_view value) override;
    void erase(TableId table, std::string_view key) override;
    void scan(TableId table, std::string_view from, const Visitor& visit) override;
    void emit(const Output& output) override { shared_.cycle.emit(output); }
    void emit_latest(const Output& output) override { shared_.cycle.emit_latest(output); }
    void dead_letter(const Record& record, std::string_view reason) override;
    void arm(const Timer& timer) override;
    void disarm(const Timer& timer) override;
    void wake_at(BootMs when) override;
    void intend(Effect effect) override { shared_.cycle.intend(*this, std::move(effect)); }

private:
    struct Position {
        Input input;
        TopicPartition from;
        std::atomic<std::uint64_t> next = 0;  // for readers elsewhere; the worker alone moves it
    };

    [[nodiscard]] std::string_view key_of(TableId table, std::string_view key);
    std::size_t read(Position& position, std::size_t records_max);
    void load_positions();
    void load_timers();
    void save_positions();

    const StageSpec& stage_;
    std::uint16_t partition_;
    Shared& shared_;
    std::unique_ptr<Processor> processor_;
    std::deque<Position> positions_;
    std::set<std::pair<std::int64_t, std::string>> timers_;  // the rows of the timers table
    std::optional<BootMs> wake_;
    bool moved_ = false;    // a position has changed in this cycle
    bool touched_ = false;  // the processor was called in this cycle
    Batch batch_;
    std::string key_;
};

}  // namespace whistlestop
