#include "services/optout/consent/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whistlestop::optout {
namespace {

using v1::ConsentEntry;

Entry entry_of(const std::string& id, ConsentEntry::Kind kind, ConsentEntry::Cause cause, std::int64_t at_ms) {
    Entry entry;
    entry.mutable_entry()->set_id(id);
    entry.mutable_entry()->set_kind(kind);
    entry.mutable_entry()->set_cause(cause);
    entry.mutable_entry()->set_at_ms(at_ms);
    return entry;
}

Entry keyword(const std::string& id, std::int64_t at_ms = 100) {
    return entry_of(id, ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_KEYWORD, at_ms);
}

std::vector<std::string> ids(const Ledger& ledger) {
    std::vector<std::string> ids;
    for (const Entry& entry : ledger.entries()) ids.push_back(entry.entry().id());
    return ids;
}

using testing::ElementsAre;
using testing::IsEmpty;

struct Row {
    ConsentEntry::Kind kind;
    ConsentEntry::Cause cause;
    bool lifted;
};

TEST(Ledger, AStartLiftsWhatTheContactCanTakeBack) {
    const Row rows[] = {
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_KEYWORD, true},
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_CLASSIFIED, true},
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_MANUAL, true},
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_CARRIER, true},
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_IMPORTED, false},
        {ConsentEntry::KIND_STOP, ConsentEntry::CAUSE_UNSPECIFIED, false},
        {ConsentEntry::KIND_REVIEW, ConsentEntry::CAUSE_CLASSIFIED, true},
        {ConsentEntry::KIND_BLOCK, ConsentEntry::CAUSE_MANUAL, false},
        {ConsentEntry::KIND_WRONG_NUMBER, ConsentEntry::CAUSE_CLASSIFIED, false},
    };
    for (const Row& row : rows) {
        Ledger ledger;
        add(ledger, entry_of("e", row.kind, row.cause, 100));
        EXPECT_EQ(lift(ledger, {"start", 100}, 200), row.lifted);
        EXPECT_EQ(ledger.entries().empty(), row.lifted);
    }
}

TEST(Ledger, AStartLiftsNothingThatIsNewerThanItself) {
    Ledger ledger;
    add(ledger, keyword("old", 100));
    add(ledger, keyword("new", 300));
    EXPECT_TRUE(lift(ledger, {"start", 200}, 400));
    EXPECT_THAT(ids(ledger), ElementsAre("new"));
    EXPECT_FALSE(lift(ledger, {"start", 200}, 400));
}

TEST(Ledger, AStartWhereNothingStandsDoesNothing) {
    Ledger ledger;
    EXPECT_FALSE(lift(ledger, {"start", 200}, 400));
    EXPECT_TRUE(ledger.SerializeAsString().empty());
}

TEST(Ledger, RemembersWhatWasLiftedWhenAndByWhat) {
    Ledger ledger;
    add(ledger, keyword("stop", 100));
    EXPECT_TRUE(lift(ledger, {"start", 200}, 250));
    ASSERT_EQ(ledger.history_size(), 1);
    EXPECT_EQ(ledger.history(0).entry().entry().id(), "stop");
    EXPECT_EQ(ledger.history(0).lifted_by(), "start");
    EXPECT_EQ(ledger.history(0).lifted_ms(), 250);
}

TEST(Ledger, TheSameEntryTwiceIsOne) {
    Ledger ledger;
    add(ledger, keyword("stop"));
    add(ledger, keyword("stop"));
    EXPECT_THAT(ids(ledger), ElementsAre("stop"));
}

TEST(Ledger, StaysBoundedHoweverOftenSomebodySaysStop) {
    Ledger ledger;
    add(ledger, entry_of("block", ConsentEntry::KIND_BLOCK, ConsentEntry::CAUSE_MANUAL, 1));
    for (int i = 0; i < 100; ++i) add(ledger, keyword(std::to_string(i), i));
    EXPECT_THAT(ids(ledger), ElementsAre("block", "96", "97", "98", "99"));
    EXPECT_EQ(ledger.history_size(), history_max);
    EXPECT_FALSE(lift(ledger, {"start", 95}, 200)) << "the newest still outdates an older START";
}

TEST(Ledger, SaysWhatStandsAlsoWhereNothingDoes) {
    Ledger ledger;
    EXPECT_THAT(standing_of(ledger, "greens", "+13035550199").standing().entries(), IsEmpty());
    add(ledger, keyword("stop"));
    const v1::Standing standing = standing_of(ledger, "greens", "+13035550199").standing();
    EXPECT_EQ(standing.organisation(), "greens");
    EXPECT_EQ(standing.contact(), "+13035550199");
    ASSERT_EQ(standing.entries_size(), 1);
    EXPECT_EQ(standing.entries(0).id(), "stop");
}

}  // namespace
}  // namespace whistlestop::optout
