// Where a reply belongs, through the real stages.

#include <gtest/gtest.h>

#include "common/testing/log_kinds.hpp"
#include "tests/flow/world.hpp"

namespace whistlestop::flow {
namespace {

struct Home : testing::TestWithParam<MemoryLog::Options> {
    World world{GetParam()};
    void SetUp() override { world.found_organisation(); }
    std::string ann = contact_number(1);

    void say() {
        const std::string number = std::to_string(++said);
        world.say(ann, "and another thing " + number, "in" + number);
    }
    void answer() {
        v1::InboxCommand command;
        command.mutable_answer()->set_text("Thank you");
        command.mutable_answer()->set_by("bea");
        world.command("c" + std::to_string(++answered), ann, command);
    }
    int said = 0;
    int answered = 0;
};

// The phone has the second text, and its owner answers, before the carrier's answer to our call is here.
TEST_P(Home, AReplyThatOvertakesTheCarriersAnswerIsAtHomeWithTheTextItAnswers) {
    v1::DirectoryCommand other;
    other.mutable_put_campaign()->set_id("other");
    other.mutable_put_campaign()->set_organisation("org");
    other.mutable_put_campaign()->set_name("Other");
    other.mutable_put_campaign()->add_senders(std::string{World::sender});
    world.put(other);
    world.request("r1", ann);
    world.advance(500);
    world.carrier.behave = [](const SendCall&) { return Behaviour{SendOutcome::Kind::accepted, true, 400}; };
    v1::OutboundRequest second;
    second.set_organisation("org");
    second.set_contact(ann);
    second.mutable_send()->set_campaign("other");
    second.mutable_send()->set_step("intro");
    second.mutable_send()->set_text("Hello again");
    second.mutable_send()->set_started_by("volunteer");
    world.request("r2", second, world.driver.clock().wall());
    world.advance(100);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    world.say(ann, "Who are you?", "in1");
    world.advance(1000);
    EXPECT_EQ(world.story("r2"), "accepted sent");
    EXPECT_EQ(world.events().back().sent_ms(), world.carrier.calls[1].at.value);
    const auto threads = world.threads(ann);
    ASSERT_EQ(threads.size(), 2U);
    EXPECT_FALSE(threads[0].needs_attention()) << threads[0].campaign();
    EXPECT_TRUE(threads[1].needs_attention()) << threads[1].campaign();
}

// The one text that they answer has long left the row.
TEST_P(Home, TheSeventiethReplyToOneTextIsInItsThread) {
    world.request("r1", ann);
    world.advance(500);
    for (int i = 0; i < 70; ++i) {
        say();
        world.advance(100);
    }
    const auto threads = world.threads(ann);
    ASSERT_EQ(threads.size(), 1U) << threads[0].campaign();
    EXPECT_EQ(threads[0].texts_in(), 70U);
}

// The last reply has every text in the row looked at, and what the oldest of them answer is in the archive.
TEST_P(Home, ALongTalkStaysTogetherWhenAReplyOvertakesTheCarriersAnswer) {
    world.request("r1", ann);
    world.advance(500);
    for (int i = 0; i < 21; ++i) {
        say();
        world.advance(1200);
        say();
        world.advance(1200);
        answer();
        world.advance(1200);
    }
    world.carrier.behave = [](const SendCall&) { return Behaviour{SendOutcome::Kind::accepted, true, 900}; };
    answer();
    world.advance(300);
    say();
    world.advance(3000);
    answer();
    world.advance(3000);
    const auto threads = world.threads(ann);
    ASSERT_EQ(threads.size(), 1U) << threads[0].campaign();
    EXPECT_EQ(threads[0].texts_in(), 43U);
    EXPECT_FALSE(threads[0].needs_attention());
}

INSTANTIATE_TEST_SUITE_P(Logs, Home, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
