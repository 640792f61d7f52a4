// Who goes first: replies before first texts, senders and carriers without waiting for one another.

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>

#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;
constexpr std::string_view second_sender = "+13035550177";

const std::string two_segments(200, 'x');

struct Turns : Journey {
    void put_sender(std::string_view number, std::string_view account, std::uint32_t segments_per_second) {
        world.put_sender(number, account, segments_per_second);
        world.driver.settle();
    }
    void put_campaign(const std::string& id, const std::vector<std::string>& senders) {
        v1::DirectoryCommand command;
        auto& put = *command.mutable_put_campaign();
        put.set_id(id);
        put.set_organisation("org");
        put.set_name(id);
        for (const std::string& sender : senders) put.add_senders(sender);
        put.set_platform_texts(true);
        world.put(command);
        world.driver.settle();
    }
    // A campaign of its own for a second sender.
    void found_second(std::string_view account, std::uint32_t segments_per_second) {
        put_sender(second_sender, account, segments_per_second);
        put_campaign("camp2", {std::string{second_sender}});
    }
    void request(const std::string& id, std::string_view contact, const std::string& campaign, std::string_view text) {
        v1::OutboundRequest request;
        request.set_organisation("org");
        request.set_contact(std::string{contact});
        request.mutable_send()->set_campaign(campaign);
        request.mutable_send()->set_step("one");
        request.mutable_send()->set_text(std::string{text});
        world.request(id, request, world.driver.clock().wall());
    }
    void request_second(std::string_view text) { request("second", ann, "camp2", text); }
    void request_many(int count) {
        for (int i = 0; i < count; ++i) world.request("f" + std::to_string(i), contact_number(10 + i));
    }
    void answer_ann(std::string_view text) {
        v1::InboxCommand command;
        command.mutable_answer()->set_text(std::string{text});
        command.mutable_answer()->set_by("bea");
        world.command("c1", ann, command);
    }
    // First texts come one by one, then many: room frees a segment at a time.
    void trickle(int count, const std::function<void(int)>& ask) {
        for (int i = 0; i < count; ++i) {
            ask(i);
            if (i < 10) world.advance(190);
        }
    }
    // How many calls go before a second sender's text of two segments, in ten seconds.
    std::size_t calls_before_two_segments() {
        const std::size_t made = world.carrier.calls.size();
        request_second(two_segments);
        world.advance(10'000);
        return calls_before(two_segments, made);
    }
    // How many other calls were made, from call number `from` on, before the one with this text; all if it never came.
    std::size_t calls_before(std::string_view text, std::size_t from) {
        const auto& calls = world.carrier.calls;
        std::size_t before = 0;
        while (from + before < calls.size() && calls[from + before].call.text != text) ++before;
        return before;
    }
};

TEST_P(Turns, AnAnswerGoesBeforeFirstTexts) {
    put_sender(World::sender, "acc", 1);
    world.request("r0", ann);
    world.advance(2'000);
    world.say(ann, "who is this?", "in1");
    world.advance(100);
    request_many(20);
    world.advance(3'000);
    const std::size_t made = world.carrier.calls.size();
    answer_ann("it is Bea");
    world.advance(5'000);
    ASSERT_GT(world.carrier.calls.size(), made + 1);
    EXPECT_EQ(calls_before("it is Bea", made), 0U);
}

// A window that frees one segment at a time never holds two while others take each as it comes.
TEST_P(Turns, AnAnswerOfTwoSegmentsKeepsTheRoomThatFrees) {
    put_sender(World::sender, "acc", 3);
    world.request("r0", ann);
    world.advance(500);
    world.say(ann, "who is this?", "in1");
    world.advance(500);
    for (int i = 0; i < 100; ++i) {
        world.request("f" + std::to_string(i), contact_number(10 + i));
        if (i < 30) world.advance(170);
    }
    world.advance(3'000);
    const std::size_t made = world.carrier.calls.size();
    answer_ann(two_segments);
    world.advance(10'000);
    EXPECT_LE(calls_before(two_segments, made), 3U);
}

TEST_P(Turns, ATextOfTwoSegmentsKeepsTheRoomOfItsAccount) {
    world.accounts["acc"].segments_per_second = 3;
    world.crash();
    found_second("acc", 10);
    trickle(100, [this](int i) { world.request("f" + std::to_string(i), contact_number(10 + i)); });
    EXPECT_LE(calls_before_two_segments(), 6U);
}

// A third sender's texts, which go through another account of the lane, have the turn between two of its own account's.
TEST_P(Turns, ATextOfTwoSegmentsIsNotOvertakenWhileAnotherAccountsTextsGo) {
    const std::string third_sender = "+13035550199";
    world.accounts["acc"].segments_per_second = 3;
    world.accounts["acc2"] = world.accounts["acc"];
    world.accounts["acc2"].id = "acc2";
    world.crash();
    found_second("acc", 10);
    put_sender(third_sender, "acc2", 10);
    put_campaign("camp3", {third_sender});
    trickle(200, [this](int i) {
        world.request("f" + std::to_string(i), contact_number(10 + i));
        request("t" + std::to_string(i), contact_number(1000 + i), "camp3", "Hello");
    });
    EXPECT_LE(calls_before_two_segments(), 12U);
}

// Five accounts, each with a lane of its own; the carriers of four do not answer.
TEST_P(Turns, SlowCarriersKeepNoOtherWaiting) {
    std::vector<std::string> lanes{"acc"};
    for (std::string name = "x"; lanes.size() < 5; name += 'x') {
        const auto lane = [](const std::string& group) { return place(Topic::outbound_lanes, group).partition; };
        if (std::ranges::find(lanes, lane(name), lane) != lanes.end()) continue;
        world.accounts[name] = world.accounts["acc"];
        world.accounts[name].id = world.accounts[name].lane_group = name;
        lanes.push_back(name);
    }
    world.open_intents_max = 100;
    world.crash();
    world.advance(1'200);
    world.carrier.behave = [](const SendCall& call) {
        return Behaviour{Kind::accepted, true, call.sender == second_sender ? 20 : 60'000};
    };
    put_sender(World::sender, "acc", 1000);
    std::vector<std::string> pool{std::string{World::sender}};
    for (int i = 1; i < 4; ++i) {  // the pool of "camp", so that its texts go to all of them
        const std::string number = "+1303555018" + std::to_string(i);
        put_sender(number, lanes[static_cast<std::size_t>(i)], 1000);
        pool.push_back(number);
    }
    put_campaign("camp", pool);
    found_second(lanes[4], 10);
    request_many(400);
    world.advance(3'000);
    EXPECT_GT(world.carrier.calls.size(), 80U);
    EXPECT_LT(world.carrier.calls.size(), 100U);
    const std::size_t made = world.carrier.calls.size();
    request_second("from the quick one");
    world.advance(1'000);
    ASSERT_EQ(world.carrier.calls.size(), made + 1);
    EXPECT_EQ(world.carrier.calls.back().call.text, "from the quick one");
}

TEST_P(Turns, ALaneThatIsTheOnlyOneHasAllOpenCalls) {
    world.open_intents_max = 100;
    world.crash();
    world.advance(1'200);
    put_sender(World::sender, "acc", 1000);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::accepted, true, 60'000}; };
    request_many(300);
    world.advance(3'000);
    EXPECT_EQ(world.carrier.calls.size(), 100U);
}

TEST_P(Turns, CallsThatMeetOneRefusalTogetherWaitOnce) {
    put_sender(World::sender, "acc", 100);
    world.carrier.behave = [this](const SendCall&) {
        return world.carrier.calls.size() < 20 ? Behaviour{Kind::throttled, false, 50, 1'000} : Behaviour{};
    };
    request_many(20);
    world.advance(1'000);
    ASSERT_EQ(world.carrier.calls.size(), 20U);
    const WallMs last = world.carrier.calls.back().at;
    world.advance(3'000);
    ASSERT_GT(world.carrier.calls.size(), 20U);
    EXPECT_GE(world.carrier.calls[20].at - last, 1'000);
    EXPECT_LE(world.carrier.calls[20].at - last, 2'000);
}

TEST_P(Turns, AProcessThatIsAboutToEndBeginsNoCall) {
    put_sender(World::sender, "acc", 1);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::accepted, true, 10'000}; };
    request_many(10);
    world.advance(2'500);
    const std::size_t before = world.carrier.calls.size();
    ASSERT_LT(before, 10U);
    world.driver.worker().drain();
    world.advance(5'000);
    EXPECT_FALSE(world.driver.worker().idle()) << "it works on, for what is open";
    EXPECT_EQ(world.carrier.calls.size(), before);
    world.advance(5'000);
    EXPECT_TRUE(world.driver.worker().idle());
    world.crash();
    world.advance(20'000);
    EXPECT_EQ(world.carrier.calls.size(), 10U) << "the next one goes on";
}

TEST_P(Turns, AProcessThatIsAboutToEndHearsTheAnswersToAllItsOpenCalls) {
    put_sender(World::sender, "acc", 60);
    world.carrier.behave = [](const SendCall&) { return Behaviour{Kind::accepted, true, 500}; };
    request_many(100);
    world.advance(300);
    ASSERT_EQ(world.carrier.calls.size(), 60U);
    ASSERT_EQ(world.story("f0"), "accepted") << "no answer has come";
    world.driver.worker().drain();
    world.advance(100);
    EXPECT_FALSE(world.driver.worker().idle()) << "it would end";
    world.advance(300);
    EXPECT_TRUE(world.driver.worker().idle());
    world.crash();
    world.advance(10'000);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(world.story("f" + std::to_string(i)), "accepted sent") << i;
    EXPECT_EQ(world.carrier.calls.size(), 100U);
}

TEST_P(Turns, AProcessThatIsAboutToEndAsksForNoListAndTheNextDoes) {
    world.carrier.list_works = false;
    world.carrier.behave = [this](const SendCall& call) {
        return call.contact == ann ? Behaviour{Kind::accepted, true, 60'000} : Behaviour{Kind::unknown, true, 500};
    };
    request_many(3);
    world.advance(10'000);
    world.request("r1", ann);
    world.advance(1'000);
    ASSERT_GT(world.carrier.lists, 3U);
    world.driver.worker().drain();
    const std::size_t before = world.carrier.lists;
    world.advance(30'000);
    EXPECT_FALSE(world.driver.worker().idle()) << "it works on, for what is open";
    EXPECT_EQ(world.carrier.lists, before);
    world.advance(40'000);
    EXPECT_TRUE(world.driver.worker().idle());
    world.carrier.list_works = true;
    world.crash();
    world.advance(60'000);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(world.story("f" + std::to_string(i)), "accepted unknown sent") << i;
}

TEST_P(Turns, TextsWaitForAnAccountThatTheConfigurationLacks) {
    put_sender(World::sender, "acc", 1);
    request_many(5);
    world.advance(1'500);
    ASSERT_LT(world.carrier.calls.size(), 5U);
    const dispatch::Accounts whole = world.accounts;
    world.accounts.clear();
    world.crash();
    world.request("new", ann);
    world.advance(20'000);
    ASSERT_LT(world.carrier.calls.size(), 5U);
    EXPECT_EQ(world.story("new"), "accepted");
    EXPECT_EQ(world.story("f4"), "accepted");
    world.accounts = whole;
    world.crash();
    world.advance(20'000);
    for (const char* id : {"f0", "f1", "f2", "f3", "f4", "new"}) EXPECT_EQ(world.story(id), "accepted sent") << id;
}

TEST_P(Turns, WhatExpiresAllAtOnceGoesBackOverManyCycles) {
    constexpr int count = 1'000;
    put_sender(World::sender, "acc", 1);
    for (int i = 0; i < count; ++i) {
        v1::OutboundRequest request = World::first_text(contact_number(10 + i));
        request.mutable_send()->set_expires_at_ms(world.driver.clock().wall().value + 30'000);
        world.request("f" + std::to_string(i), request, world.driver.clock().wall());
    }
    world.advance(20'000);
    world.driver.clock().advance(10'000);
    std::size_t gone = 0;
    std::size_t most = 0;
    for (int cycle = 0; cycle < 500 && gone < count; ++cycle) {
        world.driver.step();
        const std::size_t now = world.driver.seen(Topic::outbound_attempts).size();
        most = std::max(most, now - gone);
        gone = now;
        world.driver.clock().advance(5);
    }
    EXPECT_GE(gone, std::size_t{count});
    EXPECT_LE(most, 250U);
    world.advance(1'000);
    EXPECT_EQ(world.story("f999"), "accepted expired");
}

TEST_P(Turns, AConversationStaysWithTheSenderThatTookTheLostOnesPlace) {
    put_sender(second_sender, "acc", 100);
    const std::string third = "+13035550178";
    put_sender(third, "acc", 100);
    put_campaign("camp", {std::string{World::sender}});
    world.request("r1", ann, "one");
    world.advance(500);
    put_campaign("camp", {std::string{second_sender}, third});
    v1::DirectoryCommand gone;
    gone.mutable_put_organisation()->set_id("others");
    gone.mutable_put_organisation()->set_name("Others");
    world.put(gone);
    world.put_sender(World::sender, "acc", 100, "others");
    world.driver.settle();
    world.request("r2", ann, "two");
    world.advance(500);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    const std::string heir = world.carrier.calls[1].call.sender;
    ASSERT_NE(heir, World::sender);
    put_campaign("camp", {heir == third ? std::string{second_sender} : third});
    world.request("r3", ann, "three");
    world.advance(500);
    ASSERT_EQ(world.carrier.calls.size(), 3U);
    EXPECT_EQ(world.carrier.calls[2].call.sender, heir);
}

TEST_P(Turns, TheCarrierIsToldWhatIsLeftOfATextsExpiry) {
    world.carrier.behave = [this](const SendCall&) {
        return world.carrier.calls.empty() ? Behaviour{Kind::throttled, false, 10, 20'000} : Behaviour{};
    };
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(std::string{ann});
    v1::SendText& send = *request.mutable_send();
    send.set_campaign("camp");
    send.set_step("intro");
    send.set_text("Hello");
    send.set_started_by("volunteer");
    const WallMs expires = world.driver.clock().wall() + 60'000;
    send.set_expires_at_ms(expires.value);
    world.request("r1", request, world.driver.clock().wall());
    world.advance(30'000);
    ASSERT_EQ(world.carrier.calls.size(), 2U);
    for (const Carrier::Call& made : world.carrier.calls) {
        EXPECT_LE(made.call.valid_for_s * 1000, expires - made.at + 20) << "a cycle passes from the pick to the call";
        EXPECT_GE(made.call.valid_for_s * 1000, expires - made.at - 1000);
    }
}

INSTANTIATE_TEST_SUITE_P(Logs, Turns, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
