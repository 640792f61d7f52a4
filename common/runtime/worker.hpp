#pragma once
// Worker: a thread that runs tasks and commits them together.
//
// A cycle reads what is there, by priority, lets the tasks work, and submits one commit. The next cycles go on while it
// becomes durable, seeing its rows (a commit that fails ends the process, so they cannot be wrong); its outputs become
// readable and its effects start only then. A checkpoint freezes the overlay between two cycles and writes it in the
// background.
//
// One thread runs run_once(); wake() and what the log and the ports call come from any thread.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "common/runtime/broadcast.hpp"
#include "common/runtime/task.hpp"
#include "common/state/store.hpp"

namespace whistlestop {

struct WorkerOptions {
    std::size_t records_per_cycle_max = 1024;
    std::size_t bulk_records_per_cycle_max = 256;
    std::size_t commits_in_flight_max = 3;
    std::int64_t checkpoint_ms = 5000;
    std::size_t checkpoint_bytes = std::size_t{64} << 20;
};

// What may be trimmed once a checkpoint was written.
struct TrimPoint {
    std::vector<std::uint64_t> lowest;  // by index_of: behind every reader; the greatest number where nobody reads
};

struct WorkerParts {
    Log& log;
    State& state;
    Store& store;
    const Clock& clock;
    std::function<void(std::move_only_function<void()>)> background;  // runs one after the other, elsewhere
    std::function<void(const TrimPoint&)> checkpointed = [](const TrimPoint&) {};  // in the background
};

// What a stage has not read yet of one of its inputs, in all partitions.
struct Lag {
    std::string_view stage;
    Topic topic;
    std::uint64_t records;
};

class Worker {
public:
    Worker(WorkerParts parts, const std::vector<BroadcastSpec>& broadcasts, std::vector<StageSpec> stages,
           WorkerOptions options = {});
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Loads the views; tasks open in the cycle in which these have caught up.
    void open();
    [[nodiscard]] bool opened() const { return opened_.load(std::memory_order_relaxed); }

    // One cycle. False: there was nothing to do.
    bool run_once();
    // Cycles until `stop` is requested, then drains until nothing is open: no effect, no commit.
    void run(const std::stop_token& stop);
    // From now on no bulk is read, once no call is open no task reads or works at all, and processors know that they
    // should begin nothing (Context::draining).
    void drain() { shared_.draining = true; }
    void wake();

    // Nothing waits for a commit, a checkpoint or the outside.
    [[nodiscard]] bool idle() const;
    [[nodiscard]] std::size_t effects_open() const { return effects_open_.load(std::memory_order_relaxed); }
    // Of the last cycle: for liveness.
    [[nodiscard]] std::int64_t beat_ms() const { return beat_ms_.load(std::memory_order_relaxed); }

    // Since it was made; from any thread.
    [[nodiscard]] std::uint64_t rows_committed() const { return rows_committed_.load(std::memory_order_relaxed); }
    // Always the same stages and inputs, in the same order; from any thread.
    [[nodiscard]] std::vector<Lag> lags() const;
    // Of the newest checkpoint: how long ago it was begun (where nothing changes there is none), and how long its
    // writing took. From any thread.
    [[nodiscard]] std::int64_t checkpoint_age_ms() const;
    [[nodiscard]] std::int64_t checkpoint_took_ms() const {
        return checkpoint_took_ms_.load(std::memory_order_relaxed);
    }

    // Writes everything to the store. Only when idle.
    void checkpoint_all();

private:
    struct InFlight {
        std::uint64_t number;
        Cycle::Effects effects;
    };
    struct Frozen {
        std::shared_ptr<const Overlay> overlay;
        std::uint64_t cycle;  // it must be durable before it may reach the store
        TrimPoint trim;
        BootMs begun;
    };

    [[nodiscard]] Moment moment();
    bool take_durable();
    void start(Task& task, Effect effect);
    bool finish_effects();
    bool read_broadcasts();
    bool work();
    std::size_t read_tasks(Priority priority, std::size_t records_max);
    void open_tasks();
    void submit();
    void maybe_freeze();
    void write_frozen(const Anchor& anchor);
    [[nodiscard]] bool has_work() const;
    [[nodiscard]] std::int64_t wait_ms() const;
    void wait();

    WorkerParts parts_;
    WorkerOptions options_;
    Cycle cycle_;
    Shared shared_;
    std::vector<StageSpec> stages_;
    std::vector<Broadcast> broadcasts_;
    std::vector<std::unique_ptr<Task>> tasks_;
    std::atomic<bool> opened_ = false;
    Moment last_moment_;
    std::size_t first_task_ = 0;  // who reads and ends first in the next cycle
    std::uint64_t submitted_ = 0;
    std::deque<InFlight> in_flight_;
    Anchor newest_durable_;
    std::atomic<std::size_t> effects_open_ = 0;
    std::optional<Frozen> frozen_;
    bool writing_ = false;
    BootMs last_freeze_;
    std::atomic<std::int64_t> beat_ms_{0};
    std::atomic<std::uint64_t> rows_committed_{0};
    std::atomic<std::int64_t> checkpoint_begun_ms_{0};
    std::atomic<std::int64_t> checkpoint_took_ms_{0};

    std::mutex mutex_;  // over all below
    std::condition_variable woken_;
    bool wake_ = false;
    std::vector<std::pair<std::uint64_t, Anchor>> durable_;
    std::vector<std::pair<Task*, EffectResult>> results_;
    bool written_ = false;
};

}  // namespace whistlestop
