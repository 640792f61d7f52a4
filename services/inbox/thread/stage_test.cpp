#include "services/inbox/thread/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/inbox/thread/test_world.hpp"

namespace whistlestop::thread {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

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
        world.sent("r2", 15);
        for (const std::size_t i : order) world.tell(story[i]);
        if (rows.empty()) rows = world.driver.rows();
        EXPECT_EQ(world.driver.rows(), rows);
        EXPECT_EQ(world.thread().texts_out(), 3U);
        EXPECT_EQ(world.thread().newest_text(), "Hello r2");
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
    WorkerOptions one_by_one;
    one_by_one.records_per_cycle_max = 1;
    World world{one_by_one};
    world.sent("r1", 10);
    world.write(reply("1", 30));
    world.write(standing("greens", {v1::ConsentEntry::KIND_STOP}));
    world.driver.settle();
    EXPECT_EQ(world.thread().texts_in(), 1U);
    for (const auto& summary : world.all<v1::ThreadSummary>(Topic::inbox_threads))
        EXPECT_FALSE(summary.needs_attention());
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
    EXPECT_THAT(driver.rows(), SizeIs(1)) << "the runtime's position";
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

TEST_F(ThreadStage, AnArchivedTextThatIsToldSentLateIsAHome) {
    sent("r0", 5, "autumn");
    tell(event_of("r1", Event::KIND_ACCEPTED, 10));
    for (int i = 0; i < 60; ++i) sent("spring " + std::to_string(i), 11 + i);
    sent("r2", 80, "autumn");
    Event late = in_state(event_of("r1", Event::KIND_ENDED, 200), v1::REQUEST_STATE_SENT);
    late.set_sent_ms(100);
    tell(late);
    tell(reply("1", 150));
    EXPECT_EQ(thread("spring").texts_in(), 1U);
    EXPECT_EQ(thread("autumn").texts_in(), 0U);
}

// The archive holds a text that waited for the morning; what was said before it went was said to an older one.
TEST_F(ThreadStage, WhatAnArchivedTextMayHaveBeenTheHomeOfStaysWhereItIs) {
    sent("r0", 5, "autumn");
    sent("r1", 10, "spring");
    tell(event_of("r2", Event::KIND_ACCEPTED, 15));
    for (int i = 0; i < 60; ++i) tell(reply(std::to_string(i), 20 + i));
    tell(in_state(event_of("r2", Event::KIND_ENDED, 1000), v1::REQUEST_STATE_SENT));
    EXPECT_EQ(thread("spring").texts_in(), 60U);
    sent("r3", 2000, "autumn");
    EXPECT_EQ(thread("spring").texts_in(), 60U);
    EXPECT_EQ(thread("autumn").texts_in(), 0U);
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
