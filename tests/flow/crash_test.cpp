// Crashes at every fault point that the stages reach, at every time they reach it. The same promises every time.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "common/fault/fault.hpp"
#include "common/testing/log_kinds.hpp"
#include "tests/flow/world.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;
constexpr int contacts = 8;

struct Stops {
    std::map<std::string, WallMs> said;
};

// A little of everything: hangs that were taken and that were not, a refusal, a throttle, two stops, repeats.
Behaviour behave(const Carrier& carrier, const SendCall& call) {
    const auto tries =
        std::ranges::count_if(carrier.calls, [&](const auto& made) { return made.call.contact == call.contact; });
    if (tries > 0) return {};
    if (call.contact == contact_number(1)) return {Kind::unknown, true, 2000};
    if (call.contact == contact_number(2)) return {Kind::unknown, false, 2000};
    if (call.contact == contact_number(3)) return {Kind::throttled, false, 10, 500};
    if (call.contact == contact_number(4)) return {Kind::rejected, false, 10};
    return {};
}

void play(World& world, Stops& stops) {
    world.carrier.behave = [&world](const SendCall& call) { return behave(world.carrier, call); };
    const auto survive = [&](auto&& act) {
        try {
            act();
        } catch (const fault::Crash&) {
            world.crash();
        }
    };
    for (int i = 0; i < contacts; ++i) world.request(fmt::format("r{}", i), contact_number(i));
    survive([&] { world.advance(60); });
    for (const int i : {0, 5}) {
        world.say(contact_number(i), "STOP", fmt::format("in{}", i));
        stops.said[contact_number(i)] = world.driver.clock().wall();
    }
    for (int i = 0; i < contacts; ++i) world.request(fmt::format("r{}", i), contact_number(i));
    for (int i = 0; i < contacts; ++i) world.request(fmt::format("s{}", i), contact_number(i), "second", "Hello again");
    survive([&] { world.advance(2500); });
    survive([&] { world.advance(12'000); });
    fault::reset();
    world.advance(12'000);
}

void check_promises(World& world, const Stops& stops) {
    std::map<std::string, int> taken;
    for (const Carrier::Call& call : world.carrier.calls) {
        const bool confirmation = !call.call.text.starts_with("Hello");
        if (!call.provider_id.empty() && !confirmation)
            ++taken[call.call.reference.substr(0, call.call.reference.rfind('-'))];
        const auto stop = stops.said.find(call.call.contact);
        if (stop == stops.said.end() || confirmation) continue;
        EXPECT_LE(call.at - stop->second, 1000) << "stop";
    }
    for (const auto& [text, times] : taken) EXPECT_EQ(times, 1) << "once";

    std::map<std::string, int> ends;
    std::map<std::string, int> corrections;
    for (const v1::OutboundEvent& event : world.events()) {
        if (event.kind() == v1::OutboundEvent::KIND_ENDED) ++ends[event.request_id()];
        if (event.kind() == v1::OutboundEvent::KIND_CORRECTED) ++corrections[event.request_id()];
    }
    for (int i = 0; i < contacts; ++i)
        for (const char* name : {"r", "s"}) {
            const std::string id = fmt::format("{}{}", name, i);
            EXPECT_EQ(ends[id], 1) << id << ": " << world.story(id);
            EXPECT_LE(corrections[id], 1) << id;
            EXPECT_FALSE(world.story(id).ends_with("unknown")) << id;
        }
}

class Crash : public testing::TestWithParam<MemoryLog::Options> {};

// The points that no play here reaches. kill_test.cpp kills at some of the log's, tests/kill kills at every one.
constexpr std::array only_elsewhere = {
    // The log in memory has no frames, syncs or segments; the embedded one has.
    fault::log_before_write, fault::log_before_sync, fault::log_after_sync, fault::log_segment_rotated,
    fault::log_before_trim,
    // When a checkpoint is flushed is the gateway's choice, not the worker's.
    fault::checkpoint_after_flush,
    // A world has no door for webhooks: its tests write what intake would.
    fault::intake_before_append, fault::intake_after_durable};

// Plays with a crash at every time that the point is reached, and returns how many there were.
int crash_everywhere_at(const fault::Named& named, const MemoryLog::Options& log) {
    int crashes = 0;
    for (std::uint64_t nth = 1; nth <= 400; nth = nth < 40 ? nth + 1 : nth + 13) {
        SCOPED_TRACE(fmt::format("{} {}", named.name, nth));
        World world{log};
        world.found_organisation();
        bool reached = false;
        fault::arm(named.point, nth, [&](fault::Point point) {
            reached = true;
            fault::throw_crash(point);
        });
        Stops stops;
        play(world, stops);
        check_promises(world, stops);
        if (!reached || testing::Test::HasFailure()) break;
        ++crashes;
    }
    return crashes;
}

TEST_P(Crash, ChangesNothingWhereverItComes) {
    int crashes = 0;
    for (const fault::Named& named : fault::names()) {
        const int at_this = crash_everywhere_at(named, GetParam());
        ASSERT_FALSE(testing::Test::HasFailure());
        const bool here = std::ranges::count(only_elsewhere, named.point) == 0;
        ASSERT_EQ(at_this > 0, here) << named.name << ": " << at_this << " crashes";
        crashes += at_this;
    }
    EXPECT_GT(crashes, 100);
    RecordProperty("crashes", crashes);
    fmt::print("crashes: {}\n", crashes);
}

INSTANTIATE_TEST_SUITE_P(Logs, Crash, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
