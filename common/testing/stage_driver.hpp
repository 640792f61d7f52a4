#pragma once
// StageDriver: real stages under the real worker, on a clock that a test moves and, unless it brings other ground, on a
// log and a store in memory.
//
// Nothing happens by itself. A crash takes away what was not durable and opens everything again from what was; the
// ground outlives it, processors, views and ports do not: they are made anew by `make`.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/forward_clock.hpp"
#include "common/runtime/worker.hpp"
#include "common/testing/ground.hpp"
#include "common/testing/manual_clock.hpp"

namespace whistlestop {

// What one process runs. `owned` keeps views, ports and whatever else the specs point at.
struct Stages {
    std::vector<BroadcastSpec> broadcasts;
    std::vector<StageSpec> stages;
    std::vector<std::shared_ptr<void>> owned;
};

// A record as a test likes to hold it.
struct Seen {
    TopicPartition at;
    std::uint64_t offset = 0;
    WallMs time;
    std::string key;
    std::string headers;
    std::string value;
    [[nodiscard]] std::string header(std::string_view name) const {
        return std::string{find_header(headers, name).value_or("")};
    }
};

class StageDriver {
public:
    explicit StageDriver(std::function<Stages()> make, WorkerOptions options = {},
                         std::shared_ptr<Ground> ground = std::make_shared<MemoryGround>());

    // A record from outside the stages, durable and readable at once.
    void write(const Output& output);

    // One cycle, and its commit made durable. False: there was nothing to do.
    bool step();
    // One cycle whose commit waits: crash() takes it away, the ground's sync() makes it durable.
    bool cycle() { return process_->worker.run_once(); }
    // Steps until there is nothing to do.
    void settle();
    // Lets time pass and settles.
    void advance(std::int64_t milliseconds);

    void crash();

    [[nodiscard]] std::vector<Seen> seen(Topic topic);
    // Every row of the stages as it stands: the store's and the overlay's.
    [[nodiscard]] std::map<std::string, std::string> rows();

    [[nodiscard]] ManualClock& clock() { return clock_; }
    // What the process goes by: it does not go back with the clock.
    [[nodiscard]] const Clock& time() const { return process_->clock; }
    [[nodiscard]] Worker& worker() { return process_->worker; }

private:
    struct Process {
        Process(StageDriver& driver, Stages made);
        ForwardClock clock;
        Stages stages;
        State state;
        Worker worker;
    };
    void open();

    std::function<Stages()> make_;
    WorkerOptions options_;
    ManualClock clock_;
    std::shared_ptr<Ground> ground_;
    std::unique_ptr<Process> process_;
};

}  // namespace whistlestop
