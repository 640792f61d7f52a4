#include "services/optout/consent/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whistlestop/v1/outbound.pb.h"
#include <map>

#include "common/base/hash.hpp"
#include "common/testing/stage_driver.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop::optout {
namespace {

constexpr auto contact = "+13035550199";
constexpr auto number = "+13035550100";
constexpr std::int64_t day = 24LL * 3600 * 1000;

Classified classify(std::string_view body) {
    if (body == "leave me alone") return {v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, 0.9, "model", "alone", "m1"};
    if (body == "hmm stop maybe") return {v1::LABEL_OPT_OUT, v1::ACTION_REVIEW, 0.6, "model", "maybe", "m1"};
    if (body == "text me again") return {v1::LABEL_OPT_IN, v1::ACTION_NONE, 0.9, "model", "again", "m1"};
    return {};
}

Stages stages() {
    auto directory = std::make_shared<DirectoryView>();
    return {{{Topic::directory, directory.get()}}, {consent_stage(*directory, classify)}, {directory}};
}

struct ConsentStage : testing::Test {
    StageDriver driver{stages};

    ConsentStage() {
        organisation("greens", "The Greens");
        organisation("blues", "The Blues");
        driver.settle();
    }

    std::int64_t now() { return driver.clock().wall().value; }

    void tell(const std::string& key, const v1::DirectoryRecord& record) {
        driver.write({Topic::directory, key, key, record.SerializeAsString()});
    }
    void organisation(const std::string& id, const std::string& name) {
        v1::DirectoryRecord record;
        record.mutable_organisation()->set_id(id);
        record.mutable_organisation()->set_name(name);
        tell("organisation/" + id, record);
    }
    // Owners with how long ago each began.
    void sender(std::initializer_list<std::pair<const char*, std::int64_t>> owners,
                const v1::KeywordProfile& keywords = {}) {
        v1::DirectoryRecord record;
        record.set_version(9);
        record.mutable_sender()->set_number(number);
        *record.mutable_sender()->mutable_keywords() = keywords;
        for (const auto& [organisation, ago] : owners) {
            auto& owner = *record.mutable_sender()->add_owners();
            owner.set_organisation(organisation);
            owner.set_since_ms(now() - ago);
        }
        tell("sender", record);
        driver.settle();
    }

    void write_text(const std::string& id, const v1::InboundText& said) {
        v1::InboundRecord record;
        *record.mutable_text() = said;
        record.mutable_text()->set_account("main");
        record.mutable_text()->set_provider_id(id);
        driver.write({Topic::inbound, contact, contact, record.SerializeAsString()});
    }
    v1::InboundText text(const std::string& body) {
        v1::InboundText said;
        said.set_contact(contact);
        said.set_sender(number);
        said.set_body(body);
        said.set_received_ms(now());
        return said;
    }
    void say(const std::string& id, const std::string& body) {
        write_text(id, text(body));
        driver.settle();
    }
    void mark(const std::string& instance, std::uint16_t partition) {
        v1::InboundRecord record;
        record.mutable_marker()->set_instance(instance);
        record.mutable_marker()->set_boot(3);
        driver.write({Topic::inbound, instance, instance, record.SerializeAsString(), {}, partition});
    }

    v1::ConsentCommand opt_out(v1::ConsentEntry::Cause cause, const std::string& inbound_id = "") {
        v1::ConsentCommand command;
        command.set_organisation("greens");
        command.set_contact(contact);
        command.mutable_opt_out()->set_cause(cause);
        command.mutable_opt_out()->set_by("volunteer 7");
        command.mutable_opt_out()->set_inbound_id(inbound_id);
        return command;
    }
    void command(const std::string& id, const v1::ConsentCommand& asked) {
        const Headers headers = envelope_headers(id, "consent.command", driver.clock().wall(), "");
        driver.write({Topic::consent_commands, contact, contact, asked.SerializeAsString(), headers.encoded()});
        driver.settle();
    }

    std::vector<v1::ConsentRecord> records() { return all<v1::ConsentRecord>(Topic::consent); }
    template <class Message>
    std::vector<Message> all(Topic topic) {
        std::vector<Message> messages;
        for (const Seen& seen : driver.seen(topic)) EXPECT_TRUE(messages.emplace_back().ParseFromString(seen.value));
        return messages;
    }
    // What a reader of `consent` would hold: the ids that stand, by organisation.
    std::map<std::string, std::vector<std::string>> standing() {
        std::map<std::string, std::vector<std::string>> standing;
        for (const auto& record : records()) {
            auto& ids = standing[record.standing().organisation()];
            ids.clear();
            for (const auto& entry : record.standing().entries()) ids.push_back(entry.id());
        }
        return standing;
    }
    std::vector<v1::OutboundRequest> confirmations() { return all<v1::OutboundRequest>(Topic::outbound_answers); }
};

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;

TEST_F(ConsentStage, AStopStandsForWhoeverOwnsTheSenderOrDidLately) {
    sender({{"reds", 500 * day}, {"blues", 95 * day}, {"greens", 1 * day}});
    say("1", "STOP");
    EXPECT_THAT(standing(),
                UnorderedElementsAre(Pair("greens", ElementsAre("main/1")), Pair("blues", ElementsAre("main/1"))));
    const auto entry = records()[0].standing().entries(0);
    EXPECT_EQ(entry.kind(), v1::ConsentEntry::KIND_STOP);
    EXPECT_EQ(entry.cause(), v1::ConsentEntry::CAUSE_KEYWORD);
    EXPECT_EQ(entry.evidence(), "stop");
    EXPECT_EQ(entry.at_ms(), now());
}

TEST_F(ConsentStage, AStandingIsPlacedAndKeyedForItsReaders) {
    sender({{"greens", day}});
    say("1", "STOP");
    const Seen seen = driver.seen(Topic::consent).at(0);
    EXPECT_EQ(seen.key, std::string{"greens/"} + contact);
    EXPECT_EQ(seen.at, place(Topic::consent, contact));
    EXPECT_FALSE(seen.header("ce_id").contains("3035550199"));
}

TEST_F(ConsentStage, AStopToASenderThatNobodyOwnsHoldsForAll) {
    say("1", "STOP");
    EXPECT_THAT(standing(), ElementsAre(Pair("*", ElementsAre("main/1"))));
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AStopToASenderNoLongerOwnedCoversItsFormerOwner) {
    sender({{"greens", 100 * day}, {"", day}});
    say("1", "STOP");
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
    EXPECT_THAT(confirmations(), IsEmpty());
    EXPECT_THAT(all<v1::InboundClassified>(Topic::inbound_classified)[0].organisations(), ElementsAre("", "greens"));
}

TEST_F(ConsentStage, EveryTextIsClassifiedAndNamesItsOrganisationsTheOwnerFirst) {
    sender({{"blues", 80 * day}, {"greens", day}});
    say("1", "hello");
    const auto classified = all<v1::InboundClassified>(Topic::inbound_classified);
    ASSERT_THAT(classified, SizeIs(1));
    EXPECT_THAT(classified[0].organisations(), ElementsAre("greens", "blues"));
    EXPECT_EQ(classified[0].label(), v1::LABEL_NORMAL);
    EXPECT_EQ(classified[0].text().body(), "hello");
    EXPECT_EQ(driver.seen(Topic::inbound_classified)[0].header("ce_id"), "main/1");
    EXPECT_THAT(records(), IsEmpty());
}

TEST_F(ConsentStage, AReplayedTextChangesNothing) {
    sender({{"greens", day}});
    say("1", "STOP");
    driver.clock().advance(1000);
    say("1", "STOP");
    say("1", "START");
    EXPECT_THAT(records(), SizeIs(1));
    EXPECT_THAT(confirmations(), SizeIs(1));
    EXPECT_THAT(all<v1::InboundClassified>(Topic::inbound_classified), SizeIs(1));
}

TEST_F(ConsentStage, AMarkerComesBackBehindTheStopThatStoodBeforeIt) {
    sender({{"greens", day}});
    const std::uint16_t partition = place(Topic::inbound, contact).partition;
    write_text("1", text("STOP"));
    mark("lane 1", partition);
    write_text("2", text("STOP"));
    mark("lane 1", partition);
    driver.settle();
    const auto seen = driver.seen(Topic::consent);
    ASSERT_THAT(seen, SizeIs(4));
    for (const Seen& record : seen) EXPECT_EQ(record.at.partition, partition);
    EXPECT_EQ(seen[1].key, "lane 1");
    EXPECT_THAT(records()[0].standing().entries(), SizeIs(1));
    EXPECT_EQ(records()[1].echo().marker().boot(), 3U);
    EXPECT_EQ(records()[1].echo().directory_version(), 9U);
    EXPECT_THAT(records()[2].standing().entries(), SizeIs(2));
    EXPECT_TRUE(records()[3].has_echo());
}

TEST_F(ConsentStage, AnEchoStaysOnThePartitionOfItsMarker) {
    for (std::uint16_t partition = 0; partition < 12; ++partition) mark("lane 1", partition);
    driver.settle();
    const auto seen = driver.seen(Topic::consent);
    ASSERT_THAT(seen, SizeIs(12));
    for (std::uint16_t partition = 0; partition < 12; ++partition) EXPECT_EQ(seen[partition].at.partition, partition);
}

TEST_F(ConsentStage, AStartLiftsTheStopOfTheOrganisationThatOwnsTheSender) {
    sender({{"blues", 80 * day}, {"greens", day}});
    say("1", "STOP");
    say("2", "START");
    EXPECT_THAT(standing(), UnorderedElementsAre(Pair("greens", IsEmpty()), Pair("blues", ElementsAre("main/1"))));
    EXPECT_THAT(driver.seen(Topic::consent).back().value, testing::Not(IsEmpty())) << "an empty row, no tombstone";
}

TEST_F(ConsentStage, AStartWhereNothingStandsSaysNothing) {
    sender({{"greens", day}});
    say("1", "START");
    EXPECT_THAT(records(), IsEmpty());
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AStartLiftsNoStopThatHoldsForAll) {
    say("1", "STOP");
    sender({{"greens", day}});
    say("2", "START");
    EXPECT_THAT(standing(), ElementsAre(Pair("*", ElementsAre("main/1"))));
}

TEST_F(ConsentStage, AClassifiedOptInLiftsNothing) {
    sender({{"greens", day}});
    say("1", "STOP");
    say("2", "text me again");
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
}

TEST_F(ConsentStage, AStartThatWasReceivedBeforeTheStopLiftsNothing) {
    sender({{"greens", day}});
    v1::InboundText start = text("START");
    driver.clock().advance(1000);
    say("1", "STOP");
    write_text("2", start);
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
}

TEST_F(ConsentStage, AClassifiedStopStandsAndIsConfirmedLikeAKeyword) {
    sender({{"greens", day}});
    say("1", "leave me alone");
    ASSERT_THAT(records(), SizeIs(1));
    EXPECT_EQ(records()[0].standing().entries(0).cause(), v1::ConsentEntry::CAUSE_CLASSIFIED);
    EXPECT_EQ(records()[0].standing().entries(0).version(), "m1");
    EXPECT_THAT(confirmations(), SizeIs(1));
}

TEST_F(ConsentStage, AReviewHoldsAndConfirmsNothing) {
    sender({{"greens", day}});
    say("1", "hmm stop maybe");
    ASSERT_THAT(records(), SizeIs(1));
    EXPECT_EQ(records()[0].standing().entries(0).kind(), v1::ConsentEntry::KIND_REVIEW);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, TheConfirmationComesFromTheSenderThatReceivedTheStop) {
    sender({{"blues", 80 * day}, {"greens", day}});
    const std::int64_t received = now();
    say("1", "STOP!!");
    say("2", "STOP");
    ASSERT_THAT(confirmations(), SizeIs(1)) << "one, whatever follows";
    const v1::OutboundRequest request = confirmations()[0];
    EXPECT_EQ(request.id(), "confirm/main/1");
    EXPECT_EQ(request.organisation(), "greens");
    EXPECT_EQ(request.contact(), contact);
    EXPECT_EQ(request.send().sender(), number);
    EXPECT_EQ(request.send().class_(), v1::TEXT_CLASS_CONFIRMATION);
    EXPECT_EQ(request.send().expires_at_ms(), received + 300'000);
    EXPECT_THAT(request.send().text(), StartsWith("The Greens: "));
    EXPECT_EQ(driver.seen(Topic::outbound_answers)[0].at, place(Topic::outbound_answers, contact));
}

TEST_F(ConsentStage, WhereTheCarrierAnswersWeStaySilent) {
    v1::KeywordProfile keywords;
    keywords.add_handled("STOP");
    keywords.set_answered(true);
    sender({{"greens", day}}, keywords);
    say("1", "stop");
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, WhatTheCarrierDoesNotHearWeAnswer) {
    v1::KeywordProfile keywords;
    keywords.add_handled("STOP");
    keywords.set_answered(true);
    sender({{"greens", day}}, keywords);
    say("1", "STOP!!");
    EXPECT_THAT(confirmations(), SizeIs(1));
}

TEST_F(ConsentStage, WhereTheCarrierSaysThatItHasHandledItWeStaySilent) {
    sender({{"greens", day}});
    v1::InboundText stop = text("no mas");
    stop.set_carrier_keyword("STOP");
    write_text("1", stop);
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AfterFiveMinutesNothingIsConfirmed) {
    sender({{"greens", day}});
    const v1::InboundText stop = text("STOP");
    driver.clock().advance(300'000);
    write_text("1", stop);
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AManualOptOutStandsOnceHoweverOftenItIsSent) {
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    EXPECT_THAT(records(), SizeIs(1));
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
    EXPECT_EQ(records()[0].standing().entries(0).evidence(), "volunteer 7");
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty()) << "it answers no reply";
}

TEST_F(ConsentStage, OurOwnStagesSendCommandsWithoutAnEnvelope) {
    v1::ConsentCommand carrier = opt_out(v1::ConsentEntry::CAUSE_CARRIER);
    carrier.set_id("refused/1");
    driver.write({Topic::consent_commands, contact, contact, carrier.SerializeAsString()});
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("refused/1"))));
}

TEST_F(ConsentStage, AManualOptOutThatAnswersAReplyIsConfirmedAfterTheTimeToUndoIt) {
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

TEST_F(ConsentStage, AManualOptOutIsNotConfirmedFiveMinutesAfterTheReply) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    driver.advance(290'000);
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty());
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
}

TEST_F(ConsentStage, AManualOptOutIsNotConfirmedAfterAnOutage) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.clock().advance(300'000);
    driver.crash();
    driver.settle();
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AManualOptOutThatAStartLiftedMeanwhileIsNotConfirmed) {
    sender({{"greens", day}});
    say("1", "I have had enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/1"));
    driver.advance(1000);
    say("2", "START");
    driver.advance(10'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, AManualOptOutThatTheCarrierAnsweredMeanwhileIsNotConfirmedAgain) {
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

TEST_F(ConsentStage, AnotherContactsReplyIsNotConfirmed) {
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

TEST_F(ConsentStage, ACarriersReportIsNotConfirmed) {
    sender({{"greens", day}});
    say("1", "enough");
    command("c1", opt_out(v1::ConsentEntry::CAUSE_CARRIER, "main/1"));
    driver.advance(60'000);
    EXPECT_THAT(confirmations(), IsEmpty());
}

TEST_F(ConsentStage, ACommandOnAnotherPartitionIsPassedOn) {
    const Headers headers = envelope_headers("c1", "consent.command", driver.clock().wall(), "");
    const auto wrong = static_cast<std::uint16_t>((place(Topic::consent_commands, contact).partition + 1) % 12);
    driver.write({Topic::consent_commands, contact, contact,
                  opt_out(v1::ConsentEntry::CAUSE_MANUAL).SerializeAsString(), headers.encoded(), wrong});
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("c1"))));
    EXPECT_EQ(driver.seen(Topic::consent)[0].at, place(Topic::consent, contact));
}

TEST_F(ConsentStage, WhatMustNotBeAskedForIsADeadLetterThatNamesTheField) {
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

TEST_F(ConsentStage, ACrashAfterEveryCycleChangesNothing) {
    const auto play = [&](StageDriver& played, const auto& after_each) {
        v1::DirectoryRecord owned;
        owned.mutable_sender()->set_number(number);
        owned.mutable_sender()->add_owners()->set_organisation("greens");
        played.write({Topic::directory, "sender", "sender", owned.SerializeAsString()});
        after_each();
        for (int i = 0; i < 12; ++i) {
            v1::InboundRecord record;
            *record.mutable_text() = text(i % 4 == 0 ? "STOP" : i % 4 == 3 ? "START" : "hm");
            record.mutable_text()->set_account("main");
            record.mutable_text()->set_provider_id(std::to_string(i / 2 * 2));
            played.write({Topic::inbound, contact, contact, record.SerializeAsString()});
            v1::ConsentCommand asked = opt_out(v1::ConsentEntry::CAUSE_MANUAL, "main/2");
            asked.set_id("tag/" + std::to_string(i / 3));
            played.write({Topic::consent_commands, contact, contact, asked.SerializeAsString()});
            played.clock().advance(1000);
            after_each();
        }
        played.clock().advance(20'000);
        after_each();
    };
    StageDriver plain{stages};
    play(plain, [&] { plain.settle(); });
    StageDriver crashing{stages};
    play(crashing, [&] {
        crashing.cycle();
        crashing.cycle();
        crashing.crash();
        crashing.settle();
        crashing.crash();
    });
    crashing.settle();
    EXPECT_EQ(plain.rows(), crashing.rows());
    for (const Topic topic : {Topic::consent, Topic::inbound_classified, Topic::outbound_answers}) {
        const auto expected = plain.seen(topic);
        const auto got = crashing.seen(topic);
        ASSERT_EQ(expected.size(), got.size());
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(expected[i].value, got[i].value);
    }
    EXPECT_GT(plain.seen(Topic::outbound_answers).size(), 0U);
}

}  // namespace
}  // namespace whistlestop::optout
