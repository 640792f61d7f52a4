#include "common/testing/stage_driver.hpp"

namespace whistlestop {

StageDriver::Process::Process(StageDriver& driver, Stages made)
    : stages{std::move(made)},
      state{driver.store_},
      worker{{driver.log_, state, driver.store_, driver.clock_, ++driver.boot_,
              [](std::move_only_function<void()> task) { task(); }},
             stages.broadcasts,
             stages.stages,
             driver.options_} {}

StageDriver::StageDriver(std::function<Stages()> make, WorkerOptions options, MemoryLog::Options log)
    : make_{std::move(make)}, options_{options}, log_{log} {
    open();
}

void StageDriver::open() {
    process_ = std::make_unique<Process>(*this, make_());
    log_.replay(store_.anchor(), [this](const RowChange& row) { process_->state.replay(row); });
    process_->worker.open();
}

void StageDriver::write(const Output& output) {
    Cycle cycle;
    cycle.begin({clock_.wall(), clock_.boot()});
    cycle.emit(output);
    log_.submit(cycle.take_commit(), [](const Receipt&) {});
    while (log_.sync() > 0) continue;
}

bool StageDriver::step() {
    const bool worked = cycle();
    return log_.sync() > 0 || worked;
}

void StageDriver::settle() {
    while (step()) continue;
}

void StageDriver::advance(std::int64_t milliseconds) {
    clock_.advance(milliseconds);
    settle();
}

void StageDriver::crash() {
    log_.crash();
    process_.reset();
    open();
}

void StageDriver::crash_with(const MemoryStore& store) {
    store_ = store;
    crash();
}

std::vector<Seen> StageDriver::seen(Topic topic) {
    std::vector<Seen> seen;
    for (std::uint16_t partition = 0; partition < spec_of(topic).partitions; ++partition) {
        Batch batch;
        log_.follow({topic, partition}, 0);
        log_.read({topic, partition}, 0, static_cast<std::size_t>(-1), batch);
        for (const Record& record : batch.records)
            seen.push_back({record.at, record.offset, record.time, std::string{record.key}, std::string{record.headers},
                            std::string{record.value}});
    }
    return seen;
}

std::map<std::string, std::string> StageDriver::rows() {
    std::map<std::string, std::string> rows;
    process_->state.scan("", "\xff\xff\xff", [&](std::string_view key, std::string_view value) {
        rows.emplace(key, value);
        return true;
    });
    return rows;
}

}  // namespace whistlestop
