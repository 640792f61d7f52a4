// After `unknown`: every text ends by its report or by the carrier's list, once, whatever clocks and carriers do.

#include <fmt/format.h>

#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

struct Unknown : Journey {
    void text_ann(int i, std::string_view text) {
        world.request(fmt::format("r{}", i), ann, fmt::format("s{}", i), text);
    }
};

TEST_P(Unknown, AnUnknownAttemptThatWasTakenIsCorrectedByTheList) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 2000}; };
    world.request("r1", ann);
    world.advance(8000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, AnUnknownAttemptThatIsProvenAbsentGoesAgain) {
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, false, 2000} : Behaviour{};
    };
    world.request("r1", ann);
    world.advance(8000);
    EXPECT_EQ(world.carrier.calls.size(), 2U);
    EXPECT_EQ(world.carrier.taken(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, AnAbsenceThatIsNoProofEndsItAndKeepsItsStep) {
    world.accounts["acc"].list_is_proof = false;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, false, 2000}; };
    world.request("r1", ann);
    world.advance(8000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown rejected");
    world.request("r2", ann);
    world.advance(100);
    EXPECT_EQ(world.story("r2"), "rejected");
}

TEST_P(Unknown, AReportThatOvertakesOutranksUnknown) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 2000}; };
    world.request("r1", ann);
    world.advance(300);
    ASSERT_EQ(world.carrier.calls.size(), 1U);
    world.report(world.carrier.calls[0], v1::DELIVERY_STATE_DELIVERED);
    world.advance(6000);
    EXPECT_EQ(world.story("r1"), "accepted sent delivered");
}

TEST_P(Unknown, AReportThatComesLateTakesBackWhatWouldGoAgain) {
    world.carrier.list_lag_ms = 60'000;
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, true, 2000}
                                           : Behaviour{Kind::throttled, false, 10, 2000};
    };
    world.request("r1", ann);
    world.advance(6000);
    ASSERT_GE(world.carrier.calls.size(), 2U);
    world.report(world.carrier.calls[0], v1::DELIVERY_STATE_DELIVERED);
    world.carrier.behave = [](const SendCall&) { return Behaviour{}; };
    world.advance(6000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent delivered");
}

TEST_P(Unknown, AClockThatIsSetBackAfterACallSendsNothingAgain) {
    world.driver.clock().set_wall(world.driver.clock().wall() + 3'600'000);
    world.carrier.behave = [&](const SendCall&) {
        world.driver.clock().set_wall(world.driver.clock().wall() + -3'600'000);  // as the carrier takes it
        return Behaviour{Kind::unknown, true, 2000};
    };
    world.request("r1", ann);
    world.advance(100);
    world.crash();
    world.advance(20'000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, AClockThatJumpsAheadDoesNotShortenTheWaitForTheList) {
    world.carrier.list_lag_ms = 2'000;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 10}; };
    world.request("r1", ann);
    world.advance(100);
    ASSERT_EQ(world.story("r1"), "accepted unknown");
    for (Carrier::Call& call : world.carrier.calls) call.at = call.at + 3'600'000;  // the carrier's clock is right
    world.driver.clock().set_wall(world.driver.clock().wall() + 3'600'000);
    world.advance(10'000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, NothingIsLeftUnknownAfterALongOutage) {
    world.carrier.list_works = false;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 10}; };
    world.request("r1", ann);
    world.advance(50'000);
    EXPECT_EQ(world.story("r1"), "accepted unknown");
    world.carrier.list_works = true;
    world.advance(60'000);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, ACarrierThatFailsIsAskedWithOneTextAtATime) {
    world.carrier.list_works = false;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 500}; };
    for (int i = 0; i < 300; ++i) world.request("r" + std::to_string(i), contact_number(i));
    world.advance(10'000);
    EXPECT_LE(world.carrier.calls.size(), 110U) << "what a second allows, then probes";
    world.carrier.behave = [](const SendCall&) { return Behaviour{}; };
    world.advance(20'000);
    EXPECT_EQ(world.carrier.calls.size(), 300U);
}

TEST_P(Unknown, AListThatWasReadTooEarlyIsNoProofThoughItsAnswerComesLate) {
    world.carrier.list_lag_ms = 2500;
    world.carrier.list_answer_ms = 1200;
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, true, 50} : Behaviour{};
    };
    world.request("r1", ann);
    world.advance(20'000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, AListThatWasReadDuringAnEarlierAttemptProvesNothingOfTheNext) {
    world.carrier.list_answer_ms = 8000;
    world.carrier.behave = [&](const SendCall&) {
        return Behaviour{Kind::unknown, world.carrier.calls.size() == 1, 50};
    };
    world.request("r1", ann);
    world.advance(1200);  // the first list is on its way, for a long time
    world.carrier.list_answer_ms = 10;
    world.advance(2000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    world.carrier.list_works = false;
    world.advance(8000);
    EXPECT_EQ(world.carrier.calls.size(), 2U);
    world.carrier.list_works = true;
    world.advance(20'000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, AnEntryThatMayBeAForgottenTextOfOursSettlesNothing) {
    for (int i = 0; i < 32; ++i) {
        text_ann(i, "Hello");
        world.advance(1500);
    }
    ASSERT_EQ(world.carrier.taken_for(ann), 32U);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, false, 100}; };
    text_ann(32, "Hello");
    world.advance(10'000);
    EXPECT_EQ(world.story("r32"), "accepted unknown");
    EXPECT_EQ(world.carrier.calls.size(), 33U);
}

TEST_P(Unknown, AForgottenTextIsNotFoundInAnothersEntry) {
    world.carrier.list_works = false;
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, false, 100} : Behaviour{};
    };
    for (int i = 0; i < 34; ++i) {
        text_ann(i, "Hello");
        world.advance(1500);
    }
    ASSERT_EQ(world.carrier.taken_for(ann), 33U);
    world.carrier.list_works = true;
    world.advance(60'000);
    EXPECT_EQ(world.story("r0"), "accepted unknown");
}

TEST_P(Unknown, ATextIsFoundThoughOlderOnesAreForgotten) {
    for (int i = 0; i < 40; ++i) {
        text_ann(i, fmt::format("Hello {}", i));
        world.driver.clock().advance(60'000);
        world.advance(500);
    }
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 100}; };
    text_ann(40, "Hello 40");
    world.advance(10'000);
    EXPECT_EQ(world.story("r40"), "accepted unknown sent");
}

TEST_P(Unknown, ATwinIsNotMistakenForTheOther) {
    // Two texts alike, one never taken: no list can tell which.
    int calls = 0;
    world.carrier.behave = [&](const SendCall&) { return Behaviour{Kind::unknown, ++calls == 1, 2000}; };
    world.request("r1", ann, "one", "same");
    world.request("r2", ann, "two", "same");
    world.advance(20'000);
    EXPECT_EQ(world.story("r1"), "accepted unknown");
    EXPECT_EQ(world.story("r2"), "accepted unknown");
    EXPECT_EQ(world.carrier.calls.size(), 2U);
}

TEST_P(Unknown, AnEntryThatComesLateMayBeATextsThatWasCalledAbsentWithoutProof) {
    world.accounts["acc"].list_is_proof = false;
    world.carrier.list_lag_ms = 9'000;
    int calls = 0;
    world.carrier.behave = [&](const SendCall&) { return Behaviour{Kind::unknown, ++calls == 1, 100}; };
    world.request("r1", ann, "one", "same");
    world.advance(7'500);
    ASSERT_EQ(world.story("r1"), "accepted unknown rejected");
    world.request("r2", ann, "two", "same");
    world.advance(20'000);
    EXPECT_EQ(world.story("r2"), "accepted unknown");
}

TEST_P(Unknown, TwinsThatAreBothProvenAbsentGoAgain) {
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.size() < 2 ? Behaviour{Kind::unknown, false, 2000} : Behaviour{};
    };
    world.request("r1", ann, "one", "same");
    world.request("r2", ann, "two", "same");
    world.advance(20'000);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
    EXPECT_EQ(world.story("r2"), "accepted unknown sent");
    EXPECT_EQ(world.carrier.taken_for(ann), 2U);
}

TEST_P(Unknown, TheListIsReadWhereTheCallWasMadeThoughItsSenderHasMoved) {
    world.accounts["other"] = world.accounts["acc"];
    world.accounts["other"].id = "other";  // of the same lane
    world.crash();
    world.advance(1200);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 500}; };
    world.request("r1", ann);
    world.advance(100);
    world.put_sender(World::sender, "other", 100);
    world.advance(10'000);
    EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

TEST_P(Unknown, WhatIsCancelledWhileUnknownDoesNotGoAgain) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, false, 500}; };
    world.request("r1", ann);
    world.advance(1000);
    world.cancel("c1", ann, "r1");
    world.advance(20'000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown cancel_refused rejected");
}

TEST_P(Unknown, WhatWasCancelledBeforeItsAnswerDoesNotGoAgain) {
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, false, 500}; };
    world.request("r1", ann);
    world.advance(100);
    world.cancel("c1", ann, "r1");
    world.advance(20'000);
    EXPECT_EQ(world.carrier.calls.size(), 1U);
    EXPECT_EQ(world.story("r1"), "accepted unknown cancel_refused rejected");
}

TEST_P(Unknown, ACancelReachesTheNextAttemptInItsLane) {
    world.carrier.behave = [&](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::unknown, false, 500}
                                           : Behaviour{Kind::throttled, false, 10, 5000};
    };
    world.request("r1", ann);
    world.advance(6000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    world.cancel("c1", ann, "r1");
    world.carrier.behave = [](const SendCall&) { return Behaviour{}; };
    world.advance(20'000);
    EXPECT_EQ(world.carrier.taken(), 0U);
    EXPECT_EQ(world.story("r1"), "accepted unknown cancel_refused rejected");
}

TEST_P(Unknown, ATextCalledAtTheEndOfItsSevenDaysIsStillSettled) {
    constexpr std::int64_t days = 7LL * 24 * 3600 * 1000;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::throttled, false, 10, 60'000}; };
    v1::OutboundRequest request = World::first_text(ann);
    const WallMs asked = world.driver.clock().wall();
    request.mutable_send()->set_expires_at_ms((asked + days).value);
    world.request("r1", request, asked);
    world.advance(100);
    world.driver.clock().advance(days - 5000);
    world.carrier.list_works = false;
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::unknown, true, 500}; };
    world.advance(200'000);
    ASSERT_EQ(world.story("r1"), "accepted unknown");
    world.carrier.list_works = true;
    world.advance(400'000);
    EXPECT_EQ(world.story("r1"), "accepted unknown sent");
}

INSTANTIATE_TEST_SUITE_P(Logs, Unknown, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
