// The journey of a text and of a STOP through the real stages.

#include "tests/flow/journey.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "common/wire/rfc3339.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

TEST_P(Journey, ARequestBecomesOneCallAndOneEnd) {
    world.request("r1", ann);
    world.advance(500);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.carrier.calls[0].call.contact, ann);
    EXPECT_EQ(world.story("r1"), "accepted sent");
    world.report(world.carrier.calls[0], v1::DELIVERY_STATE_DELIVERED);
    world.advance(10);
    EXPECT_EQ(world.story("r1"), "accepted sent delivered");
}

TEST_P(Journey, ARepeatedRequestIsSentOnce) {
    for (int i = 0; i < 5; ++i) world.request("r1", ann);
    world.advance(500);
    world.request("r1", ann);
    world.advance(500);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted sent");
}

TEST_P(Journey, AStepIsSentToAContactOnceWhateverTheId) {
    world.request("r1", ann);
    world.request("r2", ann);
    world.advance(500);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r2"), "rejected");
}

TEST_P(Journey, AStopSilencesTheNextTextAndIsConfirmedOnce) {
    world.request("r1", ann);
    world.advance(500);
    world.say(ann, "STOP", "in1");
    world.say(ann, "stop.", "in2");
    world.advance(1000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    EXPECT_EQ(world.carrier.calls[1].call.contact, ann);
    world.request("r2", ann, "second");
    world.request("r3", bob);
    world.advance(1000);
    EXPECT_EQ(world.story("r2"), "suppressed");
    EXPECT_EQ(world.story("r3"), "accepted sent");
    EXPECT_EQ(world.carrier.taken_for(ann), 2U);
    world.say(ann, "START", "in3");
    world.advance(100);
    world.request("r4", ann, "third");
    world.advance(500);
    EXPECT_EQ(world.story("r4"), "accepted sent");
}

TEST_P(Journey, AStopReachesWhatWaitsInALane) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::throttled, false, 10, 5000}; };
    world.request("r0", bob);
    world.advance(300);
    world.request("r1", ann);
    world.advance(100);
    EXPECT_EQ(world.story("r1"), "accepted");
    world.say(ann, "Quit!", "in1");
    world.advance(100);
    EXPECT_EQ(world.story("r1"), "accepted suppressed");
}

TEST_P(Journey, AStopInWordsSilencesWhatIsQueuedAndIsConfirmedOnce) {
    world.carrier.behave = [&](const SendCall& call) {
        const bool waits = call.text == "Hello";
        return waits ? Behaviour{Kind::throttled, false, 10, 5000} : Behaviour{};
    };
    world.request("r0", bob);
    world.advance(300);
    world.request("r1", ann);
    world.advance(100);
    EXPECT_EQ(world.story("r1"), "accepted");
    world.say(ann, "please take me off this", "in1");
    world.say(ann, "I said take me off", "in2");
    world.advance(100);
    EXPECT_EQ(world.story("r1"), "accepted suppressed");
    world.advance(10'000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << "the confirmation";
    EXPECT_EQ(world.carrier.taken_for(bob), 0U);
    ASSERT_EQ(world.classified().size(), 2U);
    EXPECT_EQ(world.classified()[0].action(), v1::ACTION_OPTOUT);
    ASSERT_FALSE(world.standing(ann).empty());
    const v1::ConsentEntry entry = world.standing(ann)[0];
    EXPECT_EQ(entry.cause(), v1::ConsentEntry::CAUSE_CLASSIFIED);
    EXPECT_EQ(entry.id(), "acc/in1");
    EXPECT_EQ(entry.evidence(), "take me off this");
    EXPECT_FALSE(entry.version().empty());
}

TEST_P(Journey, WhatIsOnlyShownToAPersonNeitherStopsNorStartsAnything) {
    world.say(ann, "STOP", "in1");
    world.say(ann, "Actually please sign me back up", "in2");
    world.say(bob, "who is this?", "in3");
    world.say(bob, "we need to stop the war", "in4");
    world.advance(1000);
    const auto classified = world.classified();
    ASSERT_EQ(classified.size(), 4U);
    EXPECT_EQ(classified[1].label(), v1::LABEL_OPT_IN);
    EXPECT_EQ(classified[2].label(), v1::LABEL_HELP);
    EXPECT_EQ(classified[3].action(), v1::ACTION_NONE);
    world.request("r1", ann);
    world.request("r2", bob);
    world.advance(1000);
    EXPECT_EQ(world.story("r1"), "suppressed");
    EXPECT_EQ(world.story("r2"), "accepted sent");
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << "the confirmation of the keyword";
    EXPECT_EQ(world.carrier.taken_for(bob), 1U);
}

TEST_P(Journey, NoCallStartsWhileOptoutIsStopped) {
    World silent{GetParam(), Optout::stopped};
    silent.found_organisation();
    silent.request("r1", ann);
    silent.advance(5000);
    EXPECT_TRUE(silent.carrier.calls.empty());
    EXPECT_EQ(silent.story("r1"), "accepted");
}

TEST_P(Journey, ACancelBeforeItsRequestEndsIt) {
    world.cancel("c1", ann, "r1");
    world.advance(10);
    world.request("r1", ann);
    world.request("r1", ann);
    world.advance(500);
    EXPECT_EQ(world.story("r1"), "cancelled");
    EXPECT_TRUE(world.carrier.calls.empty());
}

TEST_P(Journey, ACancelOfWhatWaitsEndsItAndAfterTheCallItIsRefused) {
    world.carrier.behave = [&](const SendCall& call) {
        return call.contact == bob ? Behaviour{Kind::throttled, false, 10, 3000} : Behaviour{};
    };
    world.request("r1", ann);
    world.advance(500);
    world.cancel("c1", ann, "r1");
    world.cancel("c1", ann, "r1");
    world.request("r2", bob);
    world.advance(200);
    world.cancel("c2", bob, "r2");
    world.advance(6000);
    EXPECT_EQ(world.story("r1"), "accepted sent cancel_refused");
    EXPECT_EQ(world.story("r2"), "accepted cancelled");
    world.carrier.behave = [](const SendCall&) { return Behaviour{}; };
    world.request("r3", bob);
    world.advance(3000);
    EXPECT_EQ(world.story("r3"), "accepted sent") << "a cancel proves that nothing was sent: its step is free";
}

TEST_P(Journey, AThrottledTextGoesAgainNotBeforeTheCarrierAllows) {
    int calls = 0;
    world.carrier.behave = [&](const SendCall&) {
        return ++calls == 1 ? Behaviour{Kind::throttled, false, 10, 2000} : Behaviour{};
    };
    world.request("r1", ann);
    world.advance(1900);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    world.advance(1000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    EXPECT_GE(world.carrier.calls[1].at - world.carrier.calls[0].at, 2000);
    EXPECT_EQ(world.story("r1"), "accepted sent");
}

TEST_P(Journey, WhatWaitsInALaneFollowsItsSenderToAnother) {
    const auto partition = [](std::string_view group) { return place(Topic::outbound_lanes, group).partition; };
    std::string other = "g";
    while (partition(other) == partition("acc")) other += 'g';
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::throttled, false, 10, 2000}; };
    world.request("r1", ann);
    world.request("r2", bob);
    world.advance(300);
    world.crash();
    world.accounts["acc"].lane_group = other;  // edited between two starts
    world.cancel("c1", ann, "r1");
    world.carrier.behave = [](const SendCall&) { return Behaviour{}; };
    world.advance(5000);
    EXPECT_EQ(world.story("r1"), "accepted cancelled");
    EXPECT_EQ(world.carrier.taken_for(ann), 0U);
    EXPECT_EQ(world.story("r2"), "accepted sent");
    EXPECT_EQ(world.carrier.taken_for(bob), 1U);
}

TEST_P(Journey, ACancelIsAnsweredThoughAStopCameBetween) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::accepted, true, 1000}; };
    world.request("r1", ann);
    world.advance(100);
    world.cancel("c1", ann, "r1");
    world.advance(50);
    world.say(ann, "STOP", "in1");
    world.advance(2000);
    EXPECT_EQ(world.story("r1"), "accepted sent cancel_refused");
}

TEST_P(Journey, AnExpiryBeyondTheDedupeHorizonIsRejected) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(ann);
    request.mutable_send()->set_campaign("camp");
    request.mutable_send()->set_step("intro");
    request.mutable_send()->set_text("Hello");
    request.mutable_send()->set_started_by("volunteer");
    request.mutable_send()->set_expires_at_ms(std::numeric_limits<std::int64_t>::max());
    world.request("r1", request, world.driver.clock().wall());
    world.advance(100);
    EXPECT_EQ(world.story("r1"), "rejected");
    EXPECT_EQ(world.events().back().field(), "expires_at_ms");
}

TEST_P(Journey, ARequestFromBeforeItsCampaignIsKnownIsParkedThenSent) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(ann);
    request.mutable_send()->set_campaign("later");
    request.mutable_send()->set_step("intro");
    request.mutable_send()->set_text("Hello");
    request.mutable_send()->set_started_by("v");
    world.request("r1", request, world.driver.clock().wall());
    world.advance(3000);
    EXPECT_EQ(world.story("r1"), "");
    v1::DirectoryCommand command;
    command.mutable_put_campaign()->set_id("later");
    command.mutable_put_campaign()->set_organisation("org");
    command.mutable_put_campaign()->set_name("Later");
    command.mutable_put_campaign()->add_senders(std::string{World::sender});
    world.put(command);
    world.advance(1500);
    EXPECT_EQ(world.story("r1"), "accepted sent");
    request.mutable_send()->set_campaign("never");
    world.request("r2", request, world.driver.clock().wall());
    world.advance(9000);
    EXPECT_EQ(world.story("r2"), "");
    world.advance(2000);
    EXPECT_EQ(world.story("r2"), "rejected");
    EXPECT_EQ(world.events().back().field(), "campaign");
}

TEST_P(Journey, AForgedConfirmationFromAPublicTopicIsRefused) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(ann);
    request.mutable_send()->set_text("You are out");
    request.mutable_send()->set_class_(v1::TEXT_CLASS_CONFIRMATION);
    world.request("r1", request, world.driver.clock().wall());
    world.advance(500);
    EXPECT_TRUE(world.carrier.calls.empty());
    ASSERT_EQ(world.driver.seen(Topic::dlq).size(), 1U);
    EXPECT_EQ(world.driver.seen(Topic::dlq)[0].header("reason"), "class, sender: only the gateway sets them");
}

TEST_P(Journey, AHeaderOver64kBDoesNotStopTheStage) {
    const std::string large(70'000, 'x');
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(ann);
    request.mutable_send()->set_campaign("camp");
    request.mutable_send()->set_step("intro");
    request.mutable_send()->set_text("Hello");
    request.mutable_send()->set_started_by("v");
    const std::string value = request.SerializeAsString();
    for (const auto& [name, id] : {std::pair{"ce_id", "r0"}, std::pair{"ce_extra", "r1"}}) {
        Headers headers;
        headers.add(name, large).add(large, large).add("content-type", "application/protobuf");
        headers.add("ce_time", rfc3339(world.driver.clock().wall())).add("ce_id", id);
        world.driver.write({Topic::outbound_requests, ann, ann, value, headers.encoded()});
    }
    world.advance(500);
    ASSERT_EQ(world.driver.seen(Topic::dlq).size(), 1U) << "the one whose id it is";
    EXPECT_LT(world.driver.seen(Topic::dlq)[0].headers.size(), 6000U);
    EXPECT_EQ(world.story("r0"), "");
    EXPECT_EQ(world.story("r1"), "accepted sent");
}

TEST_P(Journey, RequestsOutsideTheDedupeHorizonEndNowhereTwice) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(ann);
    request.mutable_send()->set_text("Hello");
    world.request("old", request, world.driver.clock().wall() + -8LL * 24 * 3600 * 1000);
    world.request("ahead", request, world.driver.clock().wall() + 11 * 60 * 1000);
    world.advance(100);
    EXPECT_EQ(world.driver.seen(Topic::dlq).size(), 2U);
    EXPECT_TRUE(world.events().empty());
}

TEST_P(Journey, ATextIsForgottenWhenNobodyMayRepeatIt) {
    const auto texts = [this] {  // rows of stage 1, table 8
        return std::ranges::count_if(world.driver.rows(),
                                     [](const auto& row) { return row.first[0] == 1 && row.first[3] == 8; });
    };
    world.request("r1", ann);
    world.advance(61'000);
    EXPECT_EQ(texts(), 1);
    world.driver.clock().set_wall(world.driver.clock().wall() + 8LL * 24 * 3'600'000);
    world.advance(61'000);
    EXPECT_EQ(texts(), 0);
}

TEST_P(Journey, ATextPastItsExpiryEndsExpired) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::throttled, false, 10, 3000}; };
    v1::OutboundRequest request = World::first_text(ann);
    request.mutable_send()->set_expires_at_ms(world.driver.clock().wall().value + 1000);
    world.request("r1", request, world.driver.clock().wall());
    world.advance(4000);
    EXPECT_EQ(world.story("r1"), "accepted expired");
}

TEST_P(Journey, ACarriersOwnStopEndsTheTextAndEntersTheLedger) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::opted_out, false, 10}; };
    world.request("r1", ann);
    world.advance(500);
    EXPECT_EQ(world.story("r1"), "accepted suppressed");
    world.request("r2", ann, "second");
    world.advance(500);
    EXPECT_EQ(world.story("r2"), "suppressed");
    EXPECT_EQ(world.carrier.calls.size(), 1U) << "and nothing is confirmed";
}

TEST_P(Journey, ASendersLimitHoldsInEveryWindowAcrossACrash) {
    for (int i = 0; i < 250; ++i) world.request("r" + std::to_string(i), contact_number(i));
    world.advance(500);
    world.crash();
    world.advance(4500);
    EXPECT_EQ(world.carrier.taken(), 250U);
    const auto& calls = world.carrier.calls;
    for (std::size_t i = 100; i < calls.size(); ++i) EXPECT_GE(calls[i].at - calls[i - 100].at, 1000) << i;
}

TEST_P(Journey, AReplyAsksForAttentionUntilItIsAnswered) {
    world.request("r1", ann);
    world.advance(500);
    world.say(ann, "Who are you?", "in1");
    world.advance(100);
    ASSERT_EQ(world.threads(ann).size(), 1U);
    EXPECT_TRUE(world.threads(ann)[0].needs_attention());
    v1::InboxCommand command;
    command.mutable_answer()->set_text("We are Org.");
    command.mutable_answer()->set_by("volunteer");
    world.command("a1", ann, command);
    world.command("a1", ann, command);
    world.advance(500);
    EXPECT_FALSE(world.threads(ann)[0].needs_attention());
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    EXPECT_EQ(world.carrier.calls[1].call.text, "We are Org.");
    EXPECT_EQ(world.carrier.calls[1].call.sender, World::sender);
}

TEST_P(Journey, AnOptedOutThreadNeverAsksForAttentionAndItsConfirmationIsNotAnotherThread) {
    world.request("r1", ann);
    world.advance(500);
    world.say(ann, "hello?", "in1");
    world.say(ann, "Unsubscribe", "in2");
    world.say(ann, "why do you still ask", "in3");
    world.advance(1500);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    world.report(world.carrier.calls[1], v1::DELIVERY_STATE_DELIVERED);
    world.advance(100);
    ASSERT_EQ(world.threads(ann).size(), 1U);
    EXPECT_FALSE(world.threads(ann)[0].needs_attention());
    EXPECT_TRUE(world.threads(ann)[0].opted_out());
}

TEST_P(Journey, AManualOptOutSilencesQueuedAndLaterTexts) {
    world.request("r1", ann);
    world.advance(500);
    v1::InboxCommand command;
    command.mutable_opt_out()->set_by("volunteer");
    world.command("o1", ann, command);
    world.advance(100);
    world.request("r2", ann, "second");
    world.advance(500);
    EXPECT_EQ(world.story("r2"), "suppressed");
    EXPECT_TRUE(world.threads(ann)[0].opted_out());
}

INSTANTIATE_TEST_SUITE_P(Logs, Journey, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
