#include "common/testing/stage_driver.hpp"

#include <set>

#include "common/base/check.hpp"

namespace whistlestop {

StageDriver::Process::Process(StageDriver& driver, Stages made)
    : clock{driver.clock_},
      stages{std::move(made)},
      state{driver.ground_->store()},
      worker{{driver.ground_->log(), state, driver.ground_->store(), clock,
              [](std::move_only_function<void()> task) { task(); }},
             stages.broadcasts,
             stages.stages,
             driver.options_} {}

StageDriver::StageDriver(std::function<Stages()> make, WorkerOptions options, std::shared_ptr<Ground> ground)
    : make_{std::move(make)}, options_{options}, ground_{std::move(ground)} {
    open();
}

void StageDriver::open() {
    ++ground_->boot;
    process_ = std::make_unique<Process>(*this, make_());
    ground_->replay([this](const RowChange& row) { process_->state.replay(row); });
    process_->worker.checkpoint_all();  // as the gateway does
    process_->worker.open();
}

void StageDriver::write(const Output& output) {
    Cycle cycle;
    cycle.begin({clock_.wall(), clock_.boot()});
    cycle.emit(output);
    ground_->log().submit(cycle.take_commit(), [](const Receipt&) {});
    while (ground_->sync()) continue;
}

bool StageDriver::step() {
    const bool worked = cycle();
    return ground_->sync() || worked;
}

void StageDriver::settle() {
    constexpr int steps_max = 100'000;  // more within one moment of the clock, and a stage goes round in circles
    int steps = 0;
    while (step()) check(++steps < steps_max);
}

void StageDriver::advance(std::int64_t milliseconds) {
    clock_.advance(milliseconds);
    settle();
}

void StageDriver::crash() {
    ground_->crash();
    process_.reset();
    open();
}

std::vector<Seen> StageDriver::seen(Topic topic) {
    std::vector<Seen> seen;
    for (std::uint16_t partition = 0; partition < spec_of(topic).partitions; ++partition) {
        Batch batch;
        ground_->log().follow({topic, partition}, 0);
        ground_->log().read({topic, partition}, 0, static_cast<std::size_t>(-1), batch);
        for (const Record& record : batch.records)
            seen.push_back({record.at, record.offset, record.time, std::string{record.key}, std::string{record.headers},
                            std::string{record.value}});
    }
    return seen;
}

std::map<std::string, std::string> StageDriver::rows() {
    std::set<std::string> keys;  // of the newest checkpoint and of every change since
    process_->state.scan("\x01", "\xff\xff\xff", [&](std::string_view key, std::string_view) {
        keys.emplace(key);
        return true;
    });
    ground_->replay([&](const RowChange& change) { keys.emplace(change.key); });
    std::map<std::string, std::string> rows;
    for (const std::string& key : keys)
        if (const auto value = process_->state.get(key)) rows.emplace(key, *value);
    return rows;
}

}  // namespace whistlestop
