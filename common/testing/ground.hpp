#pragma once
// Ground: what outlives the process that works on it, a log and a store, and how a test makes them go on.

#include <cstdint>
#include <functional>

#include "common/log/memory/memory_log.hpp"
#include "common/state/store.hpp"

namespace whistlestop {

class Ground {
public:
    virtual ~Ground() = default;
    [[nodiscard]] virtual Log& log() = 0;
    [[nodiscard]] virtual Store& store() = 0;
    // What was submitted becomes durable, what is durable readable. False: there was nothing to do.
    virtual bool sync() = 0;
    // What was not durable is gone.
    virtual void crash() = 0;
    // Every row change after the store's anchor, in order.
    virtual void replay(const std::function<void(const RowChange&)>& apply) = 0;

    std::uint64_t boot = 0;  // of the process that works on it now; the next one counts it up
};

// In memory: a test decides what is durable, and puts the store back to an earlier checkpoint by a copy of it.
class MemoryGround final : public Ground {
public:
    explicit MemoryGround(MemoryLog::Options options = {}) : log_{options} {}
    [[nodiscard]] MemoryLog& log() override { return log_; }
    [[nodiscard]] MemoryStore& store() override { return store_; }
    bool sync() override { return log_.sync() > 0; }
    void crash() override { log_.crash(); }
    void replay(const std::function<void(const RowChange&)>& apply) override { log_.replay(store_.anchor(), apply); }

private:
    MemoryLog log_;
    MemoryStore store_;
};

}  // namespace whistlestop
