#include "services/inbox/thread/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/inbox/thread/test_world.hpp"

namespace whistlestop::thread {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Key;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

struct ThreadStage : testing::Test, World {};

TEST_F(ThreadStage, ATextIsInItsThreadFromItsAcceptanceOn) {
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    EXPECT_EQ(thread().organisation(), "greens");
    EXPECT_EQ(thread().newest_text(), "Hello r1");
    EXPECT_EQ(thread().newest_out_state(), v1::REQUEST_STATE_OPEN);
    EXPECT_EQ(thread().sender(), number);
    tell(in_state(event_of("r1", Event::KIND_ENDED, 20), v1::REQUEST_STATE_SENT));
    tell(with_delivery(event_of("r1", Event::KIND_DELIVERY, 30), v1::DELIVERY_STATE_DELIVERED));
    EXPECT_EQ(thread().newest_out_state(), v1::REQUEST_STATE_SENT);
    EXPECT_EQ(thread().newest_out_delivery(), v1::DELIVERY_STATE_DELIVERED);
    EXPECT_EQ(thread().texts_out(), 1U);
    EXPECT_EQ(thread().version(), 3U);
    EXPECT_FALSE(thread().needs_attention());
}

TEST_F(ThreadStage, ASummaryIsPlacedByItsCampaignAndKeyedByBoth) {
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    const Seen seen = driver.seen(Topic::inbox_threads).at(0);
    EXPECT_EQ(seen.key, std::string{"spring/"} + contact);
    EXPECT_EQ(seen.at, place(Topic::inbox_threads, "spring"));
    EXPECT_FALSE(seen.headers.contains("3035550199"));
}

TEST_F(ThreadStage, ARepeatedEventIsNotSeen) {
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    tell(event_of("r1", Event::KIND_CANCEL_REFUSED, 15));
    EXPECT_THAT(driver.seen(Topic::inbox_threads), SizeIs(1));
}

TEST_F(ThreadStage, WhatWasRefusedBeforeItWasAcceptedHasNoThread) {
    tell(in_state(event_of("r1", Event::KIND_ENDED, 10), v1::REQUEST_STATE_REJECTED));
    tell(event_of("r1", Event::KIND_CANCEL_REFUSED, 15));
    EXPECT_THAT(threads(), IsEmpty());
}

TEST_F(ThreadStage, EventsOfATextInAnyOrderEndInTheSameRow) {
    const std::vector<Event> story = {
        event_of("r1", Event::KIND_ACCEPTED, 10),
        in_state(event_of("r1", Event::KIND_ENDED, 20), v1::REQUEST_STATE_SENT),
        with_delivery(event_of("r1", Event::KIND_DELIVERY, 30), v1::DELIVERY_STATE_DELIVERED),
    };
    std::vector<std::size_t> order = {0, 1, 2};
    std::map<std::string, std::string> rows;
    do {
        World world;
        world.sent("r0", 5);
        for (const std::size_t i : order) world.tell(story[i]);
        if (rows.empty()) rows = world.driver.rows();
        EXPECT_EQ(world.driver.rows(), rows);
        EXPECT_EQ(world.thread().texts_out(), 2U);
    } while (std::ranges::next_permutation(order).found);
}

TEST_F(ThreadStage, AReplyGoesToTheThreadOfTheNewestTextAndAsksForAttention) {
    sent("r1", 10, "spring");
    sent("r2", 20, "autumn");
    tell(reply("1", 30));
    EXPECT_TRUE(thread("autumn").needs_attention());
    EXPECT_TRUE(thread("autumn").newest_is_inbound());
    EXPECT_EQ(thread("autumn").texts_in(), 1U);
    EXPECT_FALSE(thread("spring").needs_attention());
}

TEST_F(ThreadStage, AReplyThatIsHandledAfterALaterTextGoesToTheOneItAnswers) {
    sent("r1", 10, "spring");
    sent("r2", 40, "autumn");
    tell(reply("1", 30));
    EXPECT_EQ(thread("spring").texts_in(), 1U);
    EXPECT_EQ(thread("autumn").texts_in(), 0U);
}

TEST_F(ThreadStage, AReplyThatOvertakesOurOwnEventIsRehomed) {
    sent("r1", 10, "spring");
    tell(reply("1", 30));
    EXPECT_EQ(thread("spring").texts_in(), 1U);
    EXPECT_TRUE(thread("spring").needs_attention());
    sent("r2", 20, "autumn");
    EXPECT_EQ(thread("spring").texts_in(), 0U);
    EXPECT_FALSE(thread("spring").needs_attention());
    EXPECT_EQ(thread("autumn").texts_in(), 1U);
    EXPECT_TRUE(thread("autumn").needs_attention());
    EXPECT_EQ(thread("autumn").newest_text(), "reply 1");
}

TEST_F(ThreadStage, AReplyToNothingWaitsInACatchAllUntilItsTextIsKnown) {
    tell(reply("1", 30));
    EXPECT_EQ(thread("@catchall.greens").texts_in(), 1U);
    EXPECT_EQ(thread("@catchall.greens").organisation(), "greens");
    EXPECT_TRUE(thread("@catchall.greens").needs_attention());
    sent("r1", 20);
    EXPECT_EQ(thread("@catchall.greens").texts_in(), 0U);
    EXPECT_FALSE(thread("@catchall.greens").needs_attention());
    EXPECT_TRUE(thread("spring").needs_attention());
}

TEST_F(ThreadStage, AReplyToATextThatWasNeverSentGoesToTheCatchAll) {
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    tell(reply("1", 30));
    EXPECT_EQ(thread("spring").texts_in(), 1U) << "it may have been on its way";
    tell(in_state(event_of("r1", Event::KIND_ENDED, 40), v1::REQUEST_STATE_EXPIRED));
    EXPECT_EQ(thread("spring").texts_in(), 0U);
    EXPECT_EQ(thread("@catchall.greens").texts_in(), 1U);
}

TEST_F(ThreadStage, AReplyToASenderThatNobodyOwnsIsKeptForTheOperator) {
    tell(reply("1", 30, ""));
    EXPECT_EQ(thread("@unowned").texts_in(), 1U);
    EXPECT_EQ(thread("@unowned").organisation(), "");
}

TEST_F(ThreadStage, TheSameReplyTwiceIsOne) {
    sent("r1", 10);
    tell(reply("1", 30));
    tell(reply("1", 30));
    EXPECT_EQ(thread().texts_in(), 1U);
}

TEST_F(ThreadStage, RepliesAndTextsInAnyOrderEndInTheSamePlaces) {
    const std::vector<Told> story = {
        told(in_campaign(event_of("r1", Event::KIND_ACCEPTED, 10), "spring")),
        told(in_campaign(in_state(event_of("r1", Event::KIND_ENDED, 15), v1::REQUEST_STATE_SENT), "spring")),
        told(in_campaign(event_of("r2", Event::KIND_ACCEPTED, 20), "autumn")),
        told(in_campaign(in_state(event_of("r2", Event::KIND_ENDED, 35), v1::REQUEST_STATE_SENT), "autumn")),
        reply("1", 30),
        reply("2", 40),
    };
    std::vector<std::size_t> order = {0, 1, 2, 3, 4, 5};
    do {
        World world;
        for (const std::size_t i : order) world.tell(story[i]);
        ASSERT_EQ(world.thread("spring").texts_in(), 1U);
        ASSERT_EQ(world.thread("spring").newest_text(), "reply 1");
        ASSERT_EQ(world.thread("autumn").texts_in(), 1U);
        ASSERT_EQ(world.thread("autumn").newest_text(), "reply 2");
        ASSERT_TRUE(world.thread("spring").needs_attention());
        ASSERT_TRUE(world.thread("autumn").needs_attention());
        ASSERT_EQ(world.thread("@catchall.greens").texts_in(), 0U);
    } while (std::ranges::next_permutation(order).found);
}

TEST_F(ThreadStage, AConfirmationStandsWhereItsReplyDoes) {
    sent("r1", 10);
    tell(reply("1", 30));
    Event confirmation = in_campaign(event_of("confirm/main/1", Event::KIND_ACCEPTED, 40), "");
    confirmation.set_class_(v1::TEXT_CLASS_CONFIRMATION);
    tell(confirmation);
    confirmation.set_kind(Event::KIND_ENDED);
    confirmation.set_at_ms(50);
    tell(in_state(confirmation, v1::REQUEST_STATE_SENT));
    EXPECT_EQ(thread().texts_out(), 2U);
    EXPECT_EQ(thread().newest_out_state(), v1::REQUEST_STATE_SENT);
    EXPECT_TRUE(thread().needs_attention()) << "an automatic text is not handling";
    sent("r2", 20, "autumn");
    EXPECT_EQ(thread("spring").texts_out(), 1U);
    EXPECT_EQ(thread("autumn").texts_out(), 2U);
    EXPECT_EQ(thread("autumn").texts_in(), 1U);
}

TEST_F(ThreadStage, AnAnswerIsARequestAndHandlesOnceTheCarrierTookIt) {
    sent("r1", 10);
    tell(reply("1", 30));
    tell(asked("c1", answer(thread().version())));
    EXPECT_THAT(answers(), ElementsAre("c1 accepted"));
    const auto requests = all<v1::OutboundRequest>(Topic::outbound_replies);
    ASSERT_THAT(requests, SizeIs(1));
    EXPECT_EQ(requests[0].id(), "answer/c1");
    EXPECT_EQ(requests[0].organisation(), "greens");
    EXPECT_EQ(requests[0].contact(), contact);
    EXPECT_EQ(requests[0].time_ms(), driver.clock().wall().value);
    EXPECT_EQ(requests[0].send().campaign(), "spring");
    EXPECT_EQ(requests[0].send().text(), "Thank you");
    EXPECT_EQ(requests[0].send().started_by(), "volunteer 7");
    EXPECT_EQ(requests[0].send().class_(), v1::TEXT_CLASS_REPLY);
    EXPECT_EQ(requests[0].send().sender(), number);
    EXPECT_TRUE(thread().needs_attention());
    EXPECT_EQ(thread().newest_text(), "Thank you");

    Event ended = in_state(event_of("answer/c1", Event::KIND_ENDED, 60), v1::REQUEST_STATE_SENT);
    tell(ended);
    EXPECT_FALSE(thread().needs_attention());
    EXPECT_EQ(thread().texts_out(), 2U);
    tell(with_delivery(event_of("answer/c1", Event::KIND_DELIVERY, 70), v1::DELIVERY_STATE_UNDELIVERED));
    EXPECT_TRUE(thread().needs_attention()) << "it never arrived";
    tell(with_delivery(event_of("answer/c1", Event::KIND_DELIVERY, 70), v1::DELIVERY_STATE_DELIVERED));
    EXPECT_FALSE(thread().needs_attention());
}

TEST_F(ThreadStage, AnAnswerThatIsSuppressedReopensTheThread) {
    sent("r1", 10);
    tell(reply("1", 30));
    tell(asked("c1", answer()));
    tell(in_state(event_of("answer/c1", Event::KIND_ENDED, 60), v1::REQUEST_STATE_SUPPRESSED));
    EXPECT_TRUE(thread().needs_attention());
    EXPECT_EQ(thread().newest_out_state(), v1::REQUEST_STATE_SUPPRESSED);
}

TEST_F(ThreadStage, ARepeatedCommandGetsNothingNew) {
    sent("r1", 10);
    tell(reply("1", 30));
    tell(asked("c1", answer()));
    tell(asked("c1", answer()));
    tell(asked("c2", answer(1)));
    tell(asked("c2", answer()));
    EXPECT_THAT(answers(), ElementsAre("c1 accepted", "c2 answer.thread_version"));
    EXPECT_THAT(driver.seen(Topic::outbound_replies), SizeIs(1));
    EXPECT_EQ(thread().texts_out(), 2U);
}

TEST_F(ThreadStage, OfTwoAnswersToTheSameVersionOneIsRefused) {
    sent("r1", 10);
    tell(reply("1", 30));
    const auto version = thread().version();
    write(asked("c1", answer(version)));
    write(asked("c2", answer(version)));
    driver.settle();
    EXPECT_THAT(answers(), ElementsAre("c1 accepted", "c2 answer.thread_version"));
}

TEST_F(ThreadStage, CommandsThatCannotBeDoneAreRefusedByFieldAndReason) {
    sent("r1", 10);
    v1::InboxCommand foreign = answer();
    foreign.set_organisation("blues");
    tell(asked("c1", foreign));
    tell(asked("c2", command_of("autumn")));
    tell(asked("c3", command_of()));
    v1::InboxCommand empty = answer();
    empty.mutable_answer()->set_text(" ");
    tell(asked("c4", empty));
    tell(standing("greens", {v1::ConsentEntry::KIND_STOP}));
    tell(asked("c5", answer()));
    EXPECT_THAT(answers(), ElementsAre("c1 campaign", "c2 campaign", "c3 command", "c4 answer.text", "c5 contact"));
    EXPECT_THAT(driver.seen(Topic::outbound_replies), IsEmpty());
}

TEST_F(ThreadStage, WhatIsNoCommandIsADeadLetterThatSaysWhy) {
    v1::InboxCommand command = answer();
    command.set_campaign("a/b");
    tell(asked("c1", command));
    command = answer();
    command.set_contact("+13035550198");
    tell(asked("c2", command));
    tell(asked("", answer()));
    tell({Topic::inbox_commands, "x"});
    tell({Topic::outbound_events, "x"});
    tell({Topic::inbound_classified, "x"});
    tell({Topic::consent, "x"});
    Event nameless = event_of("r1", Event::KIND_ACCEPTED, 10);
    nameless.set_text_id("12");
    tell(nameless);
    std::vector<std::string> reasons;
    for (const Seen& letter : driver.seen(Topic::dlq)) reasons.push_back(letter.header("reason"));
    EXPECT_THAT(reasons,
                ElementsAre(StartsWith("campaign:"), StartsWith("key:"), StartsWith("id:"), StartsWith("data:"),
                            StartsWith("data:"), StartsWith("data:"), StartsWith("data:"), StartsWith("text_id:")));
    EXPECT_THAT(threads(), IsEmpty());
}

TEST_F(ThreadStage, NoReplyNeededIsHandlingUntilTheNextReply) {
    sent("r1", 10);
    tell(reply("1", 30));
    v1::InboxCommand command = command_of();
    command.mutable_no_reply_needed()->set_by("volunteer 7");
    tell(asked("c1", command));
    EXPECT_FALSE(thread().needs_attention());
    tell(reply("2", 40));
    EXPECT_TRUE(thread().needs_attention());
}

TEST_F(ThreadStage, AnOptOutTagBecomesACommandThatNamesTheReply) {
    sent("r1", 10);
    tell(reply("1", 30));
    v1::InboxCommand command = command_of();
    command.mutable_opt_out()->set_by("volunteer 7");
    tell(asked("c1", command));
    EXPECT_THAT(answers(), ElementsAre("c1 accepted"));
    const auto commands = all<v1::ConsentCommand>(Topic::consent_commands);
    ASSERT_THAT(commands, SizeIs(1));
    EXPECT_EQ(commands[0].id(), "tag/c1");
    EXPECT_EQ(commands[0].organisation(), "greens");
    EXPECT_EQ(commands[0].contact(), contact);
    EXPECT_EQ(commands[0].opt_out().cause(), v1::ConsentEntry::CAUSE_MANUAL);
    EXPECT_EQ(commands[0].opt_out().by(), "volunteer 7");
    EXPECT_EQ(commands[0].opt_out().inbound_id(), "main/1");
    EXPECT_TRUE(driver.seen(Topic::consent_commands)[0].headers.empty());
    EXPECT_FALSE(thread().opted_out()) << "optout decides, the thread mirrors";
}

TEST_F(ThreadStage, AnOptOutIsMirroredByTheOrganisationsThreads) {
    sent("r1", 10);
    Event other = in_campaign(event_of("r2", Event::KIND_ACCEPTED, 20), "winter");
    other.set_organisation("blues");
    other.set_sender("+13035550101");
    tell(other);
    tell(reply("1", 30));
    tell(standing("greens", {v1::ConsentEntry::KIND_STOP}));
    EXPECT_TRUE(thread("spring").opted_out());
    EXPECT_FALSE(thread("spring").needs_attention());
    EXPECT_FALSE(thread("winter").opted_out());
    sent("r3", 40, "autumn");
    EXPECT_TRUE(thread("autumn").opted_out()) << "made later";
    tell(standing("greens", {}));
    EXPECT_FALSE(thread("spring").opted_out());
    EXPECT_TRUE(thread("spring").needs_attention());
    tell(standing("*", {v1::ConsentEntry::KIND_STOP}));
    EXPECT_TRUE(thread("spring").opted_out());
    EXPECT_TRUE(thread("winter").opted_out());
}

TEST_F(ThreadStage, AReplyAfterAnOptOutNeverAsksForAttention) {
    tell(standing("greens", {v1::ConsentEntry::KIND_STOP}));
    sent("r1", 10);
    tell(reply("1", 30));
    for (const auto& summary : all<v1::ThreadSummary>(Topic::inbox_threads)) EXPECT_FALSE(summary.needs_attention());
    EXPECT_EQ(thread().texts_in(), 1U);
}

TEST_F(ThreadStage, TheReplyThatSaysStopDoesNotAskForAttentionBeforeItStands) {
    sent("r1", 10);
    write(reply("1", 30));
    write(standing("greens", {v1::ConsentEntry::KIND_STOP}));
    driver.settle();
    for (const auto& summary : all<v1::ThreadSummary>(Topic::inbox_threads)) EXPECT_FALSE(summary.needs_attention());
}

TEST_F(ThreadStage, ABlockAndAReviewHoldTheThread) {
    sent("r1", 10);
    tell(reply("1", 30));
    for (const auto kind : {v1::ConsentEntry::KIND_BLOCK, v1::ConsentEntry::KIND_REVIEW}) {
        tell(standing("greens", {kind}));
        EXPECT_FALSE(thread().needs_attention());
        EXPECT_FALSE(thread().opted_out());
        tell(standing("greens", {}));
        EXPECT_TRUE(thread().needs_attention());
    }
}

TEST_F(ThreadStage, AnEchoIsIgnored) {
    v1::ConsentRecord record;
    record.mutable_echo()->mutable_marker()->set_instance("lane 1");
    tell({Topic::consent, record.SerializeAsString()});
    EXPECT_THAT(driver.seen(Topic::dlq), IsEmpty());
    EXPECT_THAT(threads(), IsEmpty());
}

TEST_F(ThreadStage, ALongConversationKeepsItsCountsAndItsLateReports) {
    for (int i = 0; i < 130; ++i) sent("r" + std::to_string(i), 10 + i);
    EXPECT_EQ(thread().texts_out(), 130U);
    const auto version = thread().version();
    tell(with_delivery(event_of("r0", Event::KIND_DELIVERY, 500), v1::DELIVERY_STATE_DELIVERED));
    tell(with_delivery(event_of("r0", Event::KIND_DELIVERY, 500), v1::DELIVERY_STATE_DELIVERED));
    EXPECT_EQ(thread().version(), version + 1);
    EXPECT_EQ(thread().texts_out(), 130U);
}

TEST_F(ThreadStage, AnEventThatChangesOneTextPutsOneRow) {
    sent("r1", 10);
    driver.settle();
    const auto before = driver.rows();
    tell(with_delivery(event_of("r1", Event::KIND_DELIVERY, 30), v1::DELIVERY_STATE_DELIVERED));
    std::size_t changed = 0;
    for (const auto& [key, value] : driver.rows()) {
        const auto known = before.find(key);
        changed += known == before.end() || known->second != value ? 1U : 0U;
    }
    EXPECT_EQ(changed, 2U) << "the thread's, and the runtime's position";
}

TEST_F(ThreadStage, ACrashAfterEveryCycleChangesNothing) {
    const std::vector<Told> story = {
        told(event_of("r1", Event::KIND_ACCEPTED, 10)),
        reply("1", 30),
        told(in_state(event_of("r1", Event::KIND_ENDED, 20), v1::REQUEST_STATE_SENT)),
        asked("c1", answer()),
        told(in_campaign(event_of("r2", Event::KIND_ACCEPTED, 25), "autumn")),
        told(in_campaign(in_state(event_of("r2", Event::KIND_ENDED, 26), v1::REQUEST_STATE_SENT), "autumn")),
        asked("c1", answer()),
        told(in_state(event_of("answer/c1", Event::KIND_ENDED, 60), v1::REQUEST_STATE_SENT)),
        standing("greens", {v1::ConsentEntry::KIND_STOP}),
        reply("1", 30),
        reply("2", 70),
        asked("c2", answer()),
    };
    World crashing;
    for (const Told& what : story) {
        tell(what);
        crashing.write(what);
        crashing.driver.cycle();
        crashing.driver.cycle();
        crashing.driver.crash();
        crashing.driver.settle();
        crashing.driver.crash();
    }
    crashing.driver.settle();
    EXPECT_EQ(driver.rows(), crashing.driver.rows());
    for (const Topic topic : {Topic::inbox_threads, Topic::inbox_events, Topic::outbound_replies}) {
        const auto expected = driver.seen(topic);
        const auto got = crashing.driver.seen(topic);
        ASSERT_EQ(expected.size(), got.size()) << spec_of(topic).name;
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(expected[i].value, got[i].value);
    }
}

}  // namespace
}  // namespace whistlestop::thread
