#pragma once
// What the tests of a worker share: a stage that counts the records of a key, and what it has seen of the world.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <any>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "common/testing/log_kinds.hpp"
#include "common/testing/stage_driver.hpp"

namespace whistlestop::counting {

inline constexpr TableId counts{8};

// What the outside world saw; it outlives every crash.
struct World {
    std::vector<std::string> calls;
    std::set<std::string, std::less<>> known_at_open;
    std::vector<std::uint16_t> ended;  // the tasks that ended a cycle, in that order
    bool holds = false;                // calls stay open
    std::vector<std::move_only_function<void(std::any)>> open;
};

// Remembers calls, answers at once or when it is told to.
class Port final : public EffectPort {
public:
    explicit Port(World& world) : world_{world} {}
    void start(Effect effect, std::move_only_function<void(std::any)> done) override {
        world_.calls.push_back(effect.id);
        if (world_.holds) {
            world_.open.push_back(std::move(done));
        } else {
            done(std::string{"ok"});
        }
    }

private:
    World& world_;
};

class Words final : public View {
public:
    void load(std::string_view key, std::string_view) override { known.emplace(key); }
    Applied apply(const Record& record, const Moment&) override {
        if (record.value == "broken") return Applied::unreadable;
        known.emplace(record.key);
        return record.value == "echo" ? Applied::pass : Applied::keep;
    }
    std::set<std::string, std::less<>> known;
};

// Counts the records of a key, passes each on with its count, and calls outside for values that say so.
class Counter final : public Processor {
public:
    Counter(World& world, const Words& words, std::uint16_t partition)
        : world_{world}, words_{words}, partition_{partition} {}

    void on_open(Context&) override { world_.known_at_open = words_.known; }
    void on_record(Context& context, const Record& record) override {
        const auto row = context.get(counts, record.key);
        const int count = (row ? std::stoi(std::string{*row}) : 0) + 1;
        context.put(counts, record.key, std::to_string(count));
        const std::string text = fmt::format("{}={}", record.key, count);
        context.emit({Topic::outbound_events, record.key, record.key, text});
        if (record.value == "call") context.intend({text, {}});
        if (record.value == "later") context.arm({context.now().wall + 1000, std::string{record.key}});
        if (record.value == "bad") context.dead_letter(record, "bad");
    }
    void on_timer(Context& context, const Timer& timer) override {
        context.emit({Topic::outbound_events, timer.id, timer.id, "timer"});
    }
    void on_effect(Context& context, EffectResult&& result) override {
        context.emit({Topic::outbound_events, result.id, result.id, result.started ? "done" : "held"});
    }
    void on_cycle(Context&) override { world_.ended.push_back(partition_); }
    bool may_start(const Effect&, const Moment&) override { return !words_.known.contains("stop"); }

private:
    World& world_;
    const Words& words_;
    std::uint16_t partition_;
};

inline Stages stages(World& world) {
    auto words = std::make_shared<Words>();
    auto port = std::make_shared<Port>(world);
    StageSpec stage{1, "counter", 12, {{Topic::inbound, Priority::said}}, {}, port.get()};
    stage.make = [&world, words](std::uint16_t partition) {
        return std::make_unique<Counter>(world, *words, partition);
    };
    return {{{Topic::controls, words.get()}}, {stage}, {words, port}};
}

// Over a log as a file is one, and over one as a broker is.
struct WorkerTest : testing::TestWithParam<MemoryLog::Options> {
    World world;
    std::shared_ptr<MemoryGround> ground = std::make_shared<MemoryGround>(GetParam());
    StageDriver driver{[this] { return stages(world); }, {.checkpoint_ms = 1000}, ground};

    void say(std::string_view key, std::string_view value = "x") { driver.write({Topic::inbound, key, key, value}); }
    std::vector<std::string> events() {
        std::vector<std::string> values;
        for (const Seen& seen : driver.seen(Topic::outbound_events)) values.push_back(seen.value);
        return values;
    }
};

}  // namespace whistlestop::counting
