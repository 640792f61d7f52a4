// Denials: reports, answers and cancels that contradict each other, in every order that a carrier or a platform can
// bring about. A text goes once, a step goes once, a cancel is answered once.

#include "common/runtime/keys.hpp"
#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

constexpr Behaviour not_now{Kind::throttled, false, 10, 3000};
constexpr Behaviour taken_but_not_now{Kind::throttled, true, 10, 3000};
constexpr Behaviour taken_but_refused{Kind::rejected, true, 10, 0};

struct Denial : Journey {
    void behave(const Behaviour& behaviour) {
        world.carrier.behave = [behaviour](const SendCall&) { return behaviour; };
    }
    // The carrier has answered it in its way.
    void ask_for_one(const Behaviour& behaviour) {
        behave(behaviour);
        world.request("r1", ann);
        world.advance(300);
    }
    void report(v1::DeliveryState state) { world.report(world.carrier.calls[0], state); }
    // As an edited configuration does, between two starts.
    void move_account_to_another_lane() {
        const auto lane = [](std::string_view group) { return place(Topic::outbound_lanes, group).partition; };
        std::string other = "g";
        while (lane(other) == lane("acc")) other += 'g';
        world.crash();
        world.accounts["acc"].lane_group = other;
    }
};

TEST_P(Denial, ATextThatIsReportedIsNotAskedForAgainThoughItsAnswerWasNotNow) {
    ask_for_one(taken_but_not_now);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    report(v1::DELIVERY_STATE_DELIVERED);
    behave({});
    world.advance(8000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r1"), "accepted sent delivered");
}

TEST_P(Denial, WhatAReportEndedIsNotHandedToAnotherLane) {
    ask_for_one(taken_but_not_now);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    behave({});
    report(v1::DELIVERY_STATE_DELIVERED);
    move_account_to_another_lane();
    world.advance(6000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << world.story("r1");
}

TEST_P(Denial, AReportCountsThoughItComesByTheAccountThatTheSenderHasLeft) {
    world.accounts["other"] = world.accounts["acc"];
    world.accounts["other"].id = "other";
    world.crash();
    world.advance(1200);
    ask_for_one(taken_but_not_now);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    behave({});
    world.put_sender(World::sender, "other", 100);
    world.advance(100);
    report(v1::DELIVERY_STATE_DELIVERED);
    world.advance(6000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << world.story("r1");
}

TEST_P(Denial, WhatALateReportEndedIsNotHandedToAnotherLane) {
    world.carrier.list_lag_ms = 60'000;
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, true, 2000} : not_now;
    };
    world.request("r1", ann);
    world.advance(6000);
    ASSERT_GE(world.carrier.calls.size(), 2U);
    behave({});
    report(v1::DELIVERY_STATE_DELIVERED);
    move_account_to_another_lane();
    world.advance(6000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << world.story("r1");
}

TEST_P(Denial, ALateAnswerToAnEarlierAttemptIsNotTheNewestOnes) {
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, false, 100} : not_now;
    };
    world.request("r1", ann);
    world.advance(4000);
    ASSERT_GE(world.carrier.calls.size(), 2U);
    v1::Attempt late;  // of a lane's old owner, say
    ASSERT_TRUE(late.ParseFromString(world.driver.seen(Topic::outbound_attempts)[0].value));
    late.mutable_refused()->set_code("30003");
    const std::string value = late.SerializeAsString();
    world.driver.write({Topic::outbound_attempts, ann, ann, value});
    behave({});
    world.advance(6000);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
}

// ---- Steps

TEST_P(Denial, AStepThatWasFreedIsTakenAgainByTheReportThatDeniesItsEnd) {
    ask_for_one(taken_but_not_now);
    world.cancel("c1", ann, "r1");
    world.advance(300);
    ASSERT_EQ(world.story("r1"), "accepted cancelled");
    report(v1::DELIVERY_STATE_DELIVERED);
    behave({});
    world.advance(4000);
    world.request("r2", ann);
    world.advance(300);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r2"), "rejected");
}

TEST_P(Denial, AReportThatATextIsUnderWayTakesItsStepAgain) {
    ask_for_one(taken_but_refused);
    ASSERT_EQ(world.story("r1"), "accepted rejected");
    report(v1::DELIVERY_STATE_UNSPECIFIED);
    behave({});
    world.advance(50);
    world.request("r2", ann);
    world.advance(300);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << world.story("r2");
}

TEST_P(Denial, AReportThatATextFailedLeavesItsStepFree) {
    ask_for_one({Kind::rejected, false, 10, 0});
    report(v1::DELIVERY_STATE_FAILED);
    behave({});
    world.advance(50);
    world.request("r2", ann);
    world.advance(300);
    EXPECT_EQ(world.story("r2"), "accepted sent");
}

TEST_P(Denial, AStepThatAnotherTextHoldsTooIsNotFreedByItsEnd) {
    ask_for_one(taken_but_not_now);
    world.cancel("c1", ann, "r1");
    world.advance(300);
    world.request("r2", ann);
    world.advance(50);
    ASSERT_EQ(world.story("r2"), "accepted");
    report(v1::DELIVERY_STATE_DELIVERED);
    world.advance(50);
    world.cancel("c2", ann, "r2");
    world.advance(500);
    behave({});
    world.advance(4000);
    world.request("r3", ann);
    world.advance(500);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << world.story("r2") << " / " << world.story("r3");
}

// ---- Cancels

TEST_P(Denial, OneCancelIsAnsweredOnceThoughAReportOvertookTheAnswer) {
    behave({Kind::accepted, true, 500, 0});
    world.request("r1", ann);
    world.advance(100);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    report(v1::DELIVERY_STATE_DELIVERED);
    world.advance(50);
    world.cancel("c1", ann, "r1");
    world.advance(2000);
    EXPECT_EQ(world.story("r1"), "accepted sent delivered cancel_refused");
}

TEST_P(Denial, ACancelIsAnsweredThoughAReportEndsItsText) {
    behave({Kind::throttled, true, 400, 1500});
    world.request("r1", ann);
    world.advance(100);
    world.cancel("c1", ann, "r1");
    world.advance(50);
    report(v1::DELIVERY_STATE_DELIVERED);
    world.advance(4000);
    EXPECT_EQ(world.story("r1"), "accepted sent cancel_refused delivered");
}

TEST_P(Denial, ACancelThatCameFirstAndIsRepeatedIsAnsweredOnce) {
    world.cancel("c1", ann, "r1");
    world.advance(50);
    world.request("r1", ann);
    world.advance(50);
    world.cancel("c1", ann, "r1");
    world.advance(50);
    EXPECT_EQ(world.story("r1"), "cancelled");
}

// ---- Ids that are not the platform's to give

TEST_P(Denial, AForgedIdTakesNoConfirmationAway) {
    world.request("confirm/acc/in1", ann);
    world.request("answer/c1", ann);
    world.advance(300);
    EXPECT_TRUE(world.carrier.calls.empty());
    ASSERT_EQ(world.driver.seen(Topic::dlq).size(), 2U);
    EXPECT_EQ(world.driver.seen(Topic::dlq)[0].header("reason"), "id: confirm/ and answer/ are the gateway's own");
    world.say(ann, "STOP", "in1");
    world.advance(1000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U) << "the confirmation";
}

TEST_P(Denial, AConfirmationCannotBeCancelledFromOutside) {
    world.cancel("c1", ann, "confirm/acc/in1");
    world.say(ann, "STOP", "in1");
    world.advance(1000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    ASSERT_EQ(world.driver.seen(Topic::dlq).size(), 1U);
    EXPECT_EQ(world.driver.seen(Topic::dlq)[0].header("reason"), "request_id: confirm/ is the gateway's own");
}

// ---- What cannot be read

TEST_P(Denial, WhatCannotBeReadOnConsentIsADeadLetterOfEachThatReadsIt) {
    world.driver.write({Topic::consent, ann, ann, "\xff"});
    world.advance(100);
    const std::vector<Seen> letters = world.driver.seen(Topic::dlq);
    ASSERT_EQ(letters.size(), 3U) << "dispatch's view, its texts, the inbox's threads";
    for (const Seen& letter : letters) EXPECT_EQ(letter.header("source"), "consent");
    world.request("r1", ann);
    world.advance(300);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
}

INSTANTIATE_TEST_SUITE_P(Logs, Denial, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
