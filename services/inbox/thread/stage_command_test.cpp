#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/commands/command.hpp"
#include "services/inbox/thread/stage.hpp"
#include "services/inbox/thread/test_world.hpp"

namespace whistlestop::thread {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

struct ThreadCommands : testing::Test, World {};

TEST_F(ThreadCommands, AnAnswerIsARequestAndHandlesOnceTheCarrierTookIt) {
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

TEST_F(ThreadCommands, AnAnswerThatIsSuppressedReopensTheThread) {
    sent("r1", 10);
    tell(reply("1", 30));
    tell(asked("c1", answer()));
    tell(in_state(event_of("answer/c1", Event::KIND_ENDED, 60), v1::REQUEST_STATE_SUPPRESSED));
    EXPECT_TRUE(thread().needs_attention());
    EXPECT_EQ(thread().newest_out_state(), v1::REQUEST_STATE_SUPPRESSED);
}

TEST_F(ThreadCommands, AnEventsIdIsNotItsCommands) {
    sent("r1", 10);
    tell(asked("c1", answer()));
    ASSERT_THAT(driver.seen(Topic::inbox_events), SizeIs(1));
    EXPECT_THAT(driver.seen(Topic::inbox_events)[0].header("ce_id"), StartsWith("inbox.commands/"));
}

TEST_F(ThreadCommands, ACommandsIdIsForgottenAfterItsHorizonAndItsRepeatRefused) {
    const auto remembers = [&] {
        return std::ranges::any_of(driver.rows(), [](const auto& row) { return row.first.contains("/c1"); });
    };
    sent("r1", 10);
    const WallMs began = driver.clock().wall();
    const Headers headers = envelope_headers("c1", "inbox.command", began, "");
    const Told told{Topic::inbox_commands, answer().SerializeAsString(), std::string{headers.encoded()}};
    tell(told);
    driver.advance(command_horizon_ms);
    EXPECT_TRUE(remembers());
    driver.advance(120'000);
    EXPECT_FALSE(remembers());
    tell(told);
    EXPECT_THAT(all<v1::OutboundRequest>(Topic::outbound_replies), SizeIs(1)) << "the answer goes once";
    ASSERT_THAT(driver.seen(Topic::dlq), SizeIs(1));
    EXPECT_EQ(driver.seen(Topic::dlq)[0].header("reason"), "time: more than 14 days ago");
}

TEST_F(ThreadCommands, ARepeatedCommandGetsNothingNew) {
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

TEST_F(ThreadCommands, OfTwoAnswersToTheSameVersionOneIsRefused) {
    sent("r1", 10);
    tell(reply("1", 30));
    const auto version = thread().version();
    write(asked("c1", answer(version)));
    write(asked("c2", answer(version)));
    driver.settle();
    EXPECT_THAT(answers(), ElementsAre("c1 accepted", "c2 answer.thread_version"));
}

TEST_F(ThreadCommands, AThreadBesideItDoesNotOutdateAnAnswer) {
    sent("r1", 10);
    const auto version = thread().version();
    sent("r2", 20, "autumn");
    tell(asked("c1", answer(version)));
    EXPECT_THAT(answers(), ElementsAre("c1 accepted"));
}

TEST_F(ThreadCommands, CommandsThatCannotBeDoneAreRefusedByFieldAndReason) {
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

TEST_F(ThreadCommands, WhatIsNoCommandIsADeadLetterThatSaysWhy) {
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

TEST_F(ThreadCommands, NoReplyNeededIsHandlingUntilTheNextReply) {
    sent("r1", 10);
    tell(reply("1", 30));
    v1::InboxCommand command = command_of();
    command.mutable_no_reply_needed()->set_by("volunteer 7");
    tell(asked("c1", command));
    EXPECT_FALSE(thread().needs_attention());
    tell(reply("2", 40));
    EXPECT_TRUE(thread().needs_attention());
}

TEST_F(ThreadCommands, NoReplyNeededDoesNotHandleWhatNobodyHasSeen) {
    sent("r1", 10);
    tell(reply("1", 30));
    v1::InboxCommand command = command_of();
    command.mutable_no_reply_needed()->set_by("volunteer 7");
    command.mutable_no_reply_needed()->set_thread_version(thread().version());
    tell(reply("2", 40));
    tell(asked("c1", command));
    EXPECT_TRUE(thread().needs_attention());
    command.mutable_no_reply_needed()->set_thread_version(thread().version());
    tell(asked("c2", command));
    EXPECT_FALSE(thread().needs_attention());
    EXPECT_THAT(answers(), ElementsAre("c1 no_reply_needed.thread_version", "c2 accepted"));
}

TEST_F(ThreadCommands, AnOptOutTagBecomesACommandThatNamesTheReply) {
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
    const auto records = driver.seen(Topic::consent_commands);
    const auto envelope = read_envelope(records[0].headers);
    ASSERT_TRUE(envelope);
    EXPECT_EQ(envelope->id, "tag/c1");
    EXPECT_THAT(envelope->type, testing::HasSubstr("consent.command"));
    EXPECT_FALSE(thread().opted_out()) << "optout decides, the thread mirrors";
}

TEST_F(ThreadCommands, AnOptOutTagWithTheLongestIdIsOneThatConsentCanRead) {
    sent("r1", 10);
    v1::InboxCommand command = command_of();
    command.mutable_opt_out()->set_by("volunteer 7");
    tell(asked(std::string(event_id_bytes_max, 'c'), command));
    const auto records = driver.seen(Topic::consent_commands);
    ASSERT_THAT(records, SizeIs(1));
    EXPECT_TRUE(read_envelope(records[0].headers));
}

}  // namespace
}  // namespace whistlestop::thread
