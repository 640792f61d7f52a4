// Processes of the real stages, on the log and the store that the gateway runs on: killed, and what the next one finds.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/base/hash.hpp"
#include "common/fault/fault.hpp"
#include "common/log/embedded/test_log.hpp"
#include "common/testing/process.hpp"
#include "tests/flow/disk_ground.hpp"
#include "tests/flow/world.hpp"

namespace whistlestop::flow {
namespace {

namespace fs = std::filesystem;
using Kind = SendOutcome::Kind;

// Some calls hang, so that intents, timers and lists are open whenever the end comes.
Behaviour behave(const SendCall& call) {
    if (call.contact.ends_with('3')) return {Kind::unknown, true, 2000};
    if (call.contact.ends_with('4')) return {Kind::throttled, false, 10, 500};
    return {};
}

void play(World& world, int life) {
    world.carrier.behave = behave;
    if (life == 1) world.found_organisation();
    world.advance(1500);
    for (int i = 0; i < 10; ++i)
        world.request(fmt::format("{}-{}", life, i), contact_number(i), fmt::format("{}", life));
    world.advance(100);
    world.say(contact_number(life), "STOP", fmt::format("in{}", life));
    world.say(contact_number(9), "Who are you?", fmt::format("in{}", 100 + life));
    world.advance(1500);
    for (int i = 0; i < 10; ++i) world.request(fmt::format("{}+{}", life, i), contact_number(10 + i));
    world.advance(60);
}

struct Processes : testing::Test {
    const embedded::TestFolder root;
    const DataFolder data{root.path()};
    std::shared_ptr<DiskGround> ground;  // of the process that lives
    int lives = 0;

    // Returns how it ended.
    int live(const std::function<void(World&)>& life) {
        ++lives;
        return end_of([&] {
            ground = std::make_shared<DiskGround>(data, static_cast<std::uint64_t>(lives) * 1000);
            World world{ground};
            world.driver.clock().advance(std::int64_t{lives} * 60'000);
            life(world);
        });
    }
    // Every row, for the processes after.
    void dump(World& world, const std::string& name) const {
        std::ofstream out{root.path() / name};
        for (const auto& [key, value] : world.driver.rows()) out << hex(key) << '=' << hex(value) << '\n';
    }
    [[nodiscard]] std::string dumped(const std::string& name) const { return embedded::contents(root.path() / name); }

    void expect_readable_what_was_acknowledged() const {
        const auto acknowledged = acknowledged_records(data);
        EXPECT_GT(acknowledged.size(), 50U);
        EXPECT_TRUE(std::ranges::includes(readable_records(data), acknowledged));
    }
};

TEST_F(Processes, FindEveryRowAndEveryAcknowledgedRecordOfOneThatWasKilled) {
    for (int i = 1; i <= 4; ++i) {
        const int status = live([&](World& world) {
            play(world, i);
            if (i % 2 == 0) ground->store().flush();
            world.advance(40);
            dump(world, "left");
            fault::kill_process(fault::worker_after_durable);
        });
        ASSERT_TRUE(was_killed(status));
        expect_readable_what_was_acknowledged();
        const std::string left = dumped("left");
        EXPECT_GT(std::ranges::count(left, '\n'), 50);
        ASSERT_TRUE(ended_well(live([&](World& world) { dump(world, "found"); })));
        EXPECT_TRUE(dumped("found") == left) << i;
    }
}

// Of each process, what it flushed is in its checkpoint, and what it did after that in the log alone.
TEST_F(Processes, RollForwardFromEveryEarlierCheckpointToTheSameRows) {
    const std::vector<fault::Point> ends = {fault::worker_before_submit,    fault::log_before_write,
                                            fault::log_after_sync,          fault::worker_after_durable,
                                            fault::checkpoint_before_write, fault::checkpoint_after_write};
    std::vector<fs::path> kept = {root.path() / "none"};  // the log alone
    fs::create_directory(kept.back());
    for (const fault::Point end : ends) {
        const int status = live([&](World& world) {
            play(world, lives);
            ground->store().flush();
            fault::arm(end, 3, fault::kill_process);
            play(world, 100 + lives);
        });
        ASSERT_TRUE(was_killed(status)) << fault::names()[static_cast<std::size_t>(end)].name;
        kept.push_back(root.path() / fmt::format("kept{}", lives));
        fs::copy(data.store(), kept.back(), fs::copy_options::recursive);
    }
    expect_readable_what_was_acknowledged();

    std::set<Anchor> anchors;
    std::string rows;
    for (const fs::path& checkpoint : kept) {
        fs::remove_all(data.store());
        fs::copy(checkpoint, data.store(), fs::copy_options::recursive);
        ASSERT_TRUE(ended_well(live([&](World& world) {
            dump(world, "found");
            embedded::replace(root.path() / "anchor", ground->store().anchor());
        })));
        anchors.insert(dumped("anchor"));
        if (rows.empty()) rows = dumped("found");
        EXPECT_TRUE(dumped("found") == rows) << checkpoint;
    }
    EXPECT_GT(std::ranges::count(rows, '\n'), 50);
    EXPECT_EQ(anchors.size(), kept.size());
}

}  // namespace
}  // namespace whistlestop::flow
