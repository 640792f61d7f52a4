#include "services/optout/consent/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/optout/consent/test_world.hpp"

namespace whistlestop::optout {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;
using testing::UnorderedElementsAre;

struct ConsentStage : testing::Test, World {};

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

TEST_F(ConsentStage, TheIdsOfStopAndStartStayAndOthersAreForgottenAfter400Days) {
    const auto remembers = [&](const char* id) {
        return std::ranges::any_of(driver.rows(), [&](const auto& row) { return row.first.ends_with(id); });
    };
    sender({{"greens", day}});
    say("said", "hello");
    say("stopped", "STOP");
    say("started", "START");
    command("asked", opt_out(v1::ConsentEntry::CAUSE_MANUAL));
    driver.advance(14 * day);
    EXPECT_TRUE(remembers("asked"));
    driver.advance(120'000);
    EXPECT_FALSE(remembers("asked"));
    driver.advance(386 * day - 120'000);
    EXPECT_TRUE(remembers("said"));
    driver.advance(120'000);
    EXPECT_FALSE(remembers("said"));
    EXPECT_TRUE(remembers("stopped"));
    EXPECT_TRUE(remembers("started"));
    say("started", "START");
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("asked")))) << "an old start lifts nothing";
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

TEST_F(ConsentStage, AStartLiftsNothingByAnotherAccountThanTheSenders) {
    sender({{"greens", day}});
    say("1", "STOP");
    write_text("2", text("START"), "other");
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("main/1"))));
    say("3", "START");
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", IsEmpty())));
    write_text("4", text("STOP"), "other");
    driver.settle();
    EXPECT_THAT(standing(), ElementsAre(Pair("greens", ElementsAre("other/4")))) << "whoever brings it";
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

TEST_F(ConsentStage, AReviewIsPublishedAndHoldsNothingYet) {
    sender({{"greens", day}});
    say("1", "hmm stop maybe");
    EXPECT_EQ(all<v1::InboundClassified>(Topic::inbound_classified).at(0).action(), v1::ACTION_REVIEW);
    EXPECT_THAT(records(), IsEmpty());
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

TEST_F(ConsentStage, WhomNobodyMayTextIsNotTextedAConfirmation) {
    say("1", "STOP");
    sender({{"greens", day}});
    say("2", "STOP");
    EXPECT_THAT(standing(),
                UnorderedElementsAre(Pair("*", ElementsAre("main/1")), Pair("greens", ElementsAre("main/2"))));
    EXPECT_THAT(confirmations(), IsEmpty());
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
