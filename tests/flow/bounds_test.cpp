// What must not be late and what must not be early: the window after a crash, the way from a stop to a first byte, a
// wall clock that goes back.

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include <set>

#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;
constexpr std::int64_t hour = 3'600'000;

struct Bounds : Journey {
    void limit_sender(std::uint32_t segments_per_second) {
        world.put_sender(World::sender, "acc", segments_per_second);
        world.driver.settle();
    }
    void set_clock_back() { world.driver.clock().set_wall(world.driver.clock().wall() + -hour); }
};

TEST_P(Bounds, ACallThatACrashLeftOpenHoldsItsPlaceAsLongAsItMayHaveStarted) {
    limit_sender(1);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::accepted, true, 60'000}; };
    world.request("r1", ann);
    world.advance(100);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    world.crash();
    const WallMs opened = world.driver.clock().wall();
    world.request("r2", bob);
    world.advance(3'000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    EXPECT_GE(world.carrier.calls[1].at - opened, dispatch::first_byte_within_ms + dispatch::Bucket::window_ms);
    EXPECT_LE(world.carrier.calls[1].at - opened, dispatch::first_byte_within_ms + dispatch::Bucket::window_ms + 20);
}

TEST_P(Bounds, AReplyAndItsConfirmationAreNotLostToAClockThatWentBack) {
    world.request("r1", ann);
    world.advance(500);
    set_clock_back();
    world.advance(1000);
    world.say(ann, "STOP", "in1");
    world.advance(1000);
    EXPECT_EQ(world.carrier.taken_for(ann), 2U) << "the text and the confirmation";
}

TEST_P(Bounds, AReplyComesHomeThoughTheClockWentBack) {
    set_clock_back();
    world.advance(1000);
    world.request("r1", ann);
    world.advance(500);
    ASSERT_EQ(world.story("r1"), "accepted sent");
    world.say(ann, "who is this?", "in1");
    world.advance(1000);
    const auto threads = world.threads(ann);
    ASSERT_EQ(threads.size(), 1U);
    EXPECT_EQ(threads[0].campaign(), "camp");
}

INSTANTIATE_TEST_SUITE_P(Logs, Bounds, testing::ValuesIn(log_kinds), log_kind_name);

// An optout that answers each marker as late as counts.
class LateOptout {
public:
    explicit LateOptout(World& world) : world_{world} {}

    void answer() {
        const BootMs now = world_.driver.clock().boot();
        for (const Seen& seen : world_.driver.seen(Topic::inbound)) {
            v1::InboundRecord record;
            ASSERT_TRUE(record.ParseFromString(seen.value));
            const bool due = record.has_marker() && now - BootMs{record.marker().written_ms()} >= late_ms;
            if (due && answered_.emplace(seen.at.partition, seen.offset).second)
                echo(record.marker(), seen.at.partition);
        }
    }
    // A stop that is durable just behind it has not been seen by anybody.
    [[nodiscard]] BootMs newest_answered() const { return newest_; }

private:
    static constexpr std::int64_t late_ms = dispatch::fresh_ms - 40;

    void echo(const v1::Marker& marker, std::uint16_t partition) {
        v1::ConsentRecord record;
        *record.mutable_echo()->mutable_marker() = marker;
        record.mutable_echo()->set_directory_version(1000);
        const std::string value = record.SerializeAsString();
        world_.driver.write({Topic::consent, {}, "test", value, {}, partition});
        newest_ = std::max(newest_, BootMs{marker.written_ms()});
    }

    World& world_;
    std::set<std::pair<std::uint16_t, std::uint64_t>> answered_;
    BootMs newest_;
};

TEST(StopBound, NoCallMayStartLaterThanASecondAfterAStopThatNobodyHasSeen) {
    World world{MemoryLog::Options{}, Optout::stopped};
    world.found_organisation();
    LateOptout optout{world};
    world.request("r1", contact_number(1));
    while (world.carrier.calls.empty()) {
        const BootMs known = optout.newest_answered();
        world.advance(5);
        if (world.carrier.calls.empty()) {
            optout.answer();
            continue;
        }
        EXPECT_LE(world.carrier.calls[0].call.first_byte_by - known, dispatch::stop_obeyed_within_ms);
    }
}

}  // namespace
}  // namespace whistlestop::flow
