#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/optout/consent/stage.hpp"
#include "services/optout/consent/test_world.hpp"

namespace whistlestop::optout {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;

struct ConsentCommands : testing::Test, World {};

TEST_F(ConsentCommands, AManualOptOutStandsOnceHoweverOftenItIsSent) {
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    EXPECT_THAT(records(), SizeIs(1));
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
    EXPECT_EQ(records()[0].standing().entries(0).evidence(), "volunteer 7");
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty()) << "it answers no reply";
}

TEST_F(ConsentCommands, OurOwnStagesSendCommandsWithoutAnEnvelope) {
    v1::ConsentCommand carrier = opt_out(v1::ConsentEntry::CAUSE_CARRIER);
    carrier.set_id("refused/1");
    driver.write({Topic::consent_commands, contact, contact, carrier.SerializeAsString()});
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("refused/1"))));
}

TEST_F(ConsentCommands, AManualOptOutThatAnswersAReplyIsConfirmedAfterTheTimeToUndoIt) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    driver.advance(60'000);
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.crash();
    driver.advance(9'999);
    EXPECT_THAT(confirmations(), IsEmpty());
    driver.advance(1);
    ASSERT_THAT(confirmations(), SizeIs(1));
    EXPECT_EQ(confirmations()[0].id(), "confirm/main/1");
    EXPECT_EQ(confirmations()[0].send().sender(), number);
    driver.advance(3'600'000);
    EXPECT_THAT(confirmations(), SizeIs(1));
}

TEST_F(ConsentCommands, AManualOptOutIsNotConfirmedFiveMinutesAfterTheReply) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    driver.advance(290'000);
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty());
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
}

TEST_F(ConsentCommands, AManualOptOutIsNotConfirmedAfterAnOutage) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.clock().advance(300'000);
    driver.crash();
    driver.settle();
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentCommands, AManualOptOutThatAStartLiftedMeanwhileIsNotConfirmed) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.advance(1000);
    say("2", "START");
    driver.advance(10'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentCommands, AManualOptOutThatTheCarrierAnsweredMeanwhileIsNotConfirmedAgain) {
    v1::KeywordProfile keywords;
    keywords.add_handled("STOP");
    keywords.set_answered(true);
    sender({{"greens", day}}, keywords);
    say("1", "I have had enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    say("2", "STOP");
    driver.advance(10'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentCommands, AnotherContactsReplyIsNotConfirmed) {
    sender({{"greens", day}});
    v1::InboundRecord record;
    *record.mutable_text() = text("enough");
    record.mutable_text()->set_contact("+13035550198");
    record.mutable_text()->set_account("main");
    record.mutable_text()->set_provider_id("1");
    driver.write(
        {Topic::inbound, "", contact, record.SerializeAsString(), {}, place(Topic::inbound, contact).partition});
    driver.settle();
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentCommands, ACarriersReportIsNotConfirmed) {
    sender({{"greens", day}});
    say("1", "enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_CARRIER, "main/1"));
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentCommands, ACommandOnAnotherPartitionIsPassedOn) {
    const Headers headers = envelope_headers("c1", "consent.command", driver.clock().wall(), "");
    const auto wrong = static_cast<std::uint16_t>((place(Topic::consent_commands, contact).partition + 1) % 12);
    driver.write({Topic::consent_commands, contact, contact,
                  opt_out(v1::ConsentEntry::CAUSE_MANUAL).SerializeAsString(), headers.encoded(), wrong});
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    EXPECT_THAT(records(), SizeIs(1)) << "the contact's own task has done it";
}

TEST_F(ConsentCommands, WhatMustNotBeAskedForIsADeadLetterThatNamesTheField) {
    const auto changed = [&](auto change) {
        v1::ConsentCommand asked = opt_out(v1::ConsentEntry::CAUSE_MANUAL);
        change(asked);
        command("c1", asked);
    };
    changed([](auto& asked) { asked.mutable_opt_out()->set_cause(v1::ConsentEntry::CAUSE_KEYWORD); });
    changed([](auto& asked) { asked.mutable_opt_out()->set_cause(v1::ConsentEntry::CAUSE_UNSPECIFIED); });
    changed([](auto& asked) { asked.set_organisation("*"); });
    changed([](auto& asked) { asked.set_contact("3035550199"); });
    changed([](auto& asked) { asked.set_contact("+13035550198"); });
    changed([](auto& asked) { asked.clear_command(); });
    changed([](auto& asked) { asked.mutable_opt_out()->set_evidence(std::string(1001, 'x')); });
    changed([](auto& asked) { asked.mutable_opt_out()->set_by(std::string(201, 'x')); });
    command("", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    driver.write({Topic::consent_commands, contact, contact, "x"});
    driver.write({Topic::inbound, contact, contact, "x"});
    driver.write({Topic::inbound, contact, contact, v1::InboundRecord{}.SerializeAsString()});
    driver.settle();
    std::vector<std::string> reasons;
    for (const Seen& letter : driver.seen(Topic::dlq)) {
        reasons.push_back(letter.header("reason"));
        EXPECT_FALSE(letter.headers.contains("303555")) << "no number in a header";
    }
    EXPECT_THAT(reasons,
                UnorderedElementsAre(StartsWith("opt_out.cause:"), StartsWith("opt_out.cause:"),
                                     StartsWith("organisation:"), StartsWith("contact:"), StartsWith("key:"),
                                     StartsWith("command:"), StartsWith("opt_out.evidence:"), StartsWith("opt_out.by:"),
                                     StartsWith("id:"), StartsWith("data:"), StartsWith("data:"), StartsWith("text:")));
    EXPECT_THAT(records(), IsEmpty());
}

}  // namespace
}  // namespace whistlestop::optout
