// Two things at the same moment: what is said while a text is on its way out of the lane.

#include <gtest/gtest.h>

#include "common/testing/log_kinds.hpp"
#include "tests/flow/world.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

// As optout writes it.
void stand_stopped(World& world, const std::string& contact) {
    v1::ConsentRecord record;
    v1::Standing& standing = *record.mutable_standing();
    standing.set_organisation("org");
    standing.set_contact(contact);
    standing.add_entries()->set_cause(v1::ConsentEntry::CAUSE_KEYWORD);
    world.driver.write({Topic::consent, contact, "org/" + contact, record.SerializeAsString()});
}

// Whichever commit waits, that of the pick among them: what is readable before its call begins is known to the gate.
TEST(Gate, AStopBetweenThePickAndTheCallIsObeyed) {
    World world;
    world.found_organisation();
    constexpr int cycles_max = 24;
    std::size_t begun = 0;
    for (int cycles = 0; cycles < cycles_max; ++cycles) {
        SCOPED_TRACE(cycles);
        const std::string ann = contact_number(cycles);
        world.request("r" + ann, ann);
        for (int i = 0; i <= cycles; ++i) {
            world.driver.clock().advance(5);
            i < cycles ? world.driver.step() : world.driver.cycle();
        }
        const std::size_t before = world.carrier.taken_for(ann);
        stand_stopped(world, ann);
        world.advance(1000);
        EXPECT_EQ(world.carrier.taken_for(ann), before);
        begun += before;
    }
    EXPECT_GT(begun, 0U);
    EXPECT_LT(begun, std::size_t{cycles_max});
}

struct Race : testing::TestWithParam<MemoryLog::Options> {
    World world{GetParam()};
    void SetUp() override { world.found_organisation(); }
    std::string ann = contact_number(1);
};

TEST_P(Race, ACancelOfAnOpenCallIsAnsweredWhenTheCallCloses) {
    for (const bool sent : {true, false}) {
        const std::string id = sent ? "sent" : "held";
        world.carrier.behave = [&](const SendCall&) {
            return sent ? Behaviour{Kind::accepted, true, 300} : Behaviour{Kind::throttled, false, 300};
        };
        const std::size_t before = world.carrier.calls.size();
        world.request(id, ann, id);
        world.advance(100);
        ASSERT_EQ(world.carrier.calls.size(), before + 1);
        world.cancel("cancel-" + id, ann, id);
        world.advance(100);
        EXPECT_EQ(world.story(id), "accepted") << "nobody can tell yet";
        world.advance(5000);
        EXPECT_EQ(world.story(id), sent ? "accepted sent cancel_refused" : "accepted cancelled");
        EXPECT_EQ(world.carrier.calls.size(), before + 1);
    }
}

TEST_P(Race, OfTwoAnswersOfTheLaneTheFirstCounts) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::throttled, false, 10, 5000}; };
    world.request("r1", ann);
    world.advance(100);
    world.cancel("c1", ann, "r1");
    stand_stopped(world, ann);  // so that the lane is asked twice before it has answered once
    world.advance(1000);
    EXPECT_EQ(world.story("r1"), "accepted suppressed");
}

INSTANTIATE_TEST_SUITE_P(Logs, Race, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
