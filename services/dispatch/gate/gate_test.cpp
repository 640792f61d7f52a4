#include "services/dispatch/gate/gate.hpp"

#include <gtest/gtest.h>

#include "whistlestop/v1/consent.pb.h"

namespace whistlestop::dispatch {
namespace {

using Consent = ConsentView::Answer;

// Every combination of facts.
void for_all_facts(auto visit) {
    for (const bool automatic : {false, true})
        for (const Consent consent : {Consent::allowed, Consent::opted_out, Consent::blocked})
            for (const bool usable : {false, true})
                for (const std::int64_t left : {-1, 0, 1})
                    for (const bool fresh : {false, true})
                        for (const bool room : {false, true})
                            visit(
                                GateFacts{automatic, consent, usable, WallMs{1000 + left}, WallMs{1000}, fresh, room});
}

TEST(GateLaws, NothingGoesToWhoSaidStopButTheConfirmation) {
    for_all_facts([](const GateFacts& facts) {
        if (ask_gate(facts) != GateAnswer::go) return;
        ASSERT_NE(facts.consent, Consent::blocked);
        ASSERT_TRUE(facts.consent == Consent::allowed || facts.automatic);
    });
}

TEST(GateLaws, NothingGoesWithoutAFreshViewOrPastItsExpiryOrWithoutRoom) {
    for_all_facts([](const GateFacts& facts) {
        if (ask_gate(facts) != GateAnswer::go) return;
        ASSERT_TRUE(facts.fresh && facts.room && facts.sender_usable);
        ASSERT_LT(facts.now, facts.expires);
    });
}

TEST(GateLaws, OnlyWhatChangesByItselfWaitsHere) {
    for_all_facts([](const GateFacts& facts) {
        if (ask_gate(facts) != GateAnswer::wait) return;
        ASSERT_FALSE(facts.fresh && facts.room);
        ASSERT_LT(facts.now, facts.expires);
    });
}

struct Views : testing::Test {
    Freshness freshness{"i", 7};
    ConsentView consent{freshness};

    // Back through both ways: consent and controls.
    void echo(std::uint64_t boot, std::int64_t written, std::uint64_t version) {
        freshness.note_control(echo_consent(boot, written, version));
    }
    v1::Marker echo_consent(std::uint64_t boot, std::int64_t written, std::uint64_t version) {
        v1::ConsentRecord record;
        record.mutable_echo()->set_directory_version(version);
        v1::Marker& marker = *record.mutable_echo()->mutable_marker();
        marker.set_instance("i");
        marker.set_boot(boot);
        marker.set_written_ms(written);
        const std::string value = record.SerializeAsString();
        EXPECT_EQ(consent.apply({{Topic::consent, 3}, 0, {}, "i", {}, value}, {}), View::Applied::pass);
        return marker;
    }
    void stand(std::string_view organisation, v1::ConsentEntry::Kind kind) {
        v1::ConsentRecord record;
        record.mutable_standing()->add_entries()->set_kind(kind);
        const std::string key = std::string{organisation} + "/+13035550100";
        const std::string value = record.SerializeAsString();
        EXPECT_EQ(consent.apply({{Topic::consent, 3}, 0, {}, key, {}, value}, {}), View::Applied::keep);
    }
};

TEST_F(Views, AnEchoCountsForLessThan700MsInItsPartitionAndBootOnly) {
    ASSERT_TRUE(freshness.due(BootMs{10'000}));
    EXPECT_FALSE(freshness.fresh(3, 0, BootMs{0}));
    echo(6, 10'000, 1);
    EXPECT_FALSE(freshness.fresh(3, 0, BootMs{10'000}));
    echo(7, 10'000, 1);
    EXPECT_TRUE(freshness.fresh(3, 1, BootMs{10'699}));
    EXPECT_FALSE(freshness.fresh(3, 1, BootMs{10'700}));
    EXPECT_EQ(freshness.known_until(3), BootMs{11'000}) << "a stop may have come just behind the marker";
    EXPECT_FALSE(freshness.fresh(4, 1, BootMs{10'100}));
    EXPECT_FALSE(freshness.fresh(3, 2, BootMs{10'100})) << "optout has not seen the sender's record";
}

TEST_F(Views, AnEchoCountsOnlyWithOneThatCameBackThroughControls) {
    ASSERT_TRUE(freshness.due(BootMs{10'000}));
    const v1::Marker first = echo_consent(7, 10'000, 1);
    EXPECT_FALSE(freshness.fresh(3, 1, BootMs{10'001}));
    freshness.note_control(first);
    EXPECT_TRUE(freshness.fresh(3, 1, BootMs{10'001}));
    ASSERT_TRUE(freshness.due(BootMs{10'600}));
    echo_consent(7, 10'600, 1);
    EXPECT_TRUE(freshness.fresh(3, 1, BootMs{10'699}));
    EXPECT_FALSE(freshness.fresh(3, 1, BootMs{10'700})) << "controls stand still";
    EXPECT_EQ(freshness.known_until(3), BootMs{11'000});
}

TEST_F(Views, AMarkerFromAfterTheNewestIsForged) {
    ASSERT_TRUE(freshness.due(BootMs{10'000}));
    echo(7, 10'001, 1);
    EXPECT_FALSE(freshness.fresh(3, 1, BootMs{10'001}));
    echo(7, 10'000, 1);
    EXPECT_TRUE(freshness.fresh(3, 1, BootMs{10'001}));
    EXPECT_FALSE(freshness.due(BootMs{10'199}));
    EXPECT_TRUE(freshness.due(BootMs{10'200}));
}

TEST_F(Views, AStandingHoldsForItsOrganisationAndAStarForAll) {
    EXPECT_EQ(consent.ask("a", "+13035550100"), Consent::allowed);
    stand("a", v1::ConsentEntry::KIND_STOP);
    EXPECT_EQ(consent.ask("a", "+13035550100"), Consent::opted_out);
    EXPECT_EQ(consent.ask("b", "+13035550100"), Consent::allowed);
    EXPECT_EQ(consent.ask("a", "+13035550101"), Consent::allowed);
    stand("*", v1::ConsentEntry::KIND_BLOCK);
    EXPECT_EQ(consent.ask("b", "+13035550100"), Consent::blocked);
}

}  // namespace
}  // namespace whistlestop::dispatch
