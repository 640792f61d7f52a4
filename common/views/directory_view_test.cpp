#include "common/views/directory_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whistlestop {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t day = 24LL * 3600 * 1000;
constexpr WallMs now{1'790'000'000'000};

v1::Sender sender_of(std::initializer_list<std::pair<const char*, std::int64_t>> owners) {
    v1::Sender sender;
    sender.set_number("+13035550100");
    for (const auto& [organisation, days_ago] : owners) {
        auto& owner = *sender.add_owners();
        owner.set_organisation(organisation);
        owner.set_since_ms(now.value - days_ago * day);
    }
    return sender;
}

TEST(Covered, IsTheOwnerAndWhoeverOwnedItInTheLastNinetyDays) {
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}}), now), ElementsAre("a"));
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"b", 89}}), now), ElementsAre("b", "a"));
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"b", 90}}), now), ElementsAre("b", "a"));
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"b", 91}}), now), ElementsAre("b"));
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"b", 91}, {"c", 1}}), now), ElementsAre("c", "b"));
}

TEST(Covered, NamesNobodyTwice) {
    EXPECT_THAT(covered_organisations(sender_of({{"a", 9}, {"b", 8}, {"a", 7}}), now), ElementsAre("a", "b"));
}

TEST(Covered, OfASenderThatNobodyOwnsNowAreItsLastOwners) {
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"", 3}}), now), ElementsAre("a"));
    EXPECT_THAT(covered_organisations(sender_of({{"a", 500}, {"", 91}}), now), IsEmpty());
    EXPECT_THAT(covered_organisations(sender_of({}), now), IsEmpty());
}

TEST(Covered, TheNewestOwnerOwnsItThoughOurClockIsBehind) {
    EXPECT_THAT(covered_organisations(sender_of({{"a", 5}, {"b", -1}}), now), ElementsAre("b", "a"));
    EXPECT_EQ(owner_of(sender_of({{"a", 5}, {"b", -1}})), "b");
}

struct DirectoryViewTest : testing::Test {
    DirectoryView view;

    bool apply(const v1::DirectoryRecord& change) {
        const std::string value = change.SerializeAsString();
        return view.apply(Record{{}, 0, {}, {}, {}, value}, Moment{now, {}}) == View::Applied::keep;
    }
};

TEST_F(DirectoryViewTest, KnowsWhatItWasTold) {
    v1::DirectoryRecord change;
    change.set_version(7);
    change.mutable_organisation()->set_id("a");
    EXPECT_TRUE(apply(change));
    change.set_version(8);
    *change.mutable_sender() = sender_of({{"a", 1}});
    EXPECT_TRUE(apply(change));
    change.set_version(9);
    change.mutable_campaign()->set_id("spring");
    view.load("campaign/spring", change.SerializeAsString());

    EXPECT_NE(view.organisation("a"), nullptr);
    EXPECT_NE(view.sender("+13035550100"), nullptr);
    EXPECT_NE(view.campaign("spring"), nullptr);
    EXPECT_EQ(view.organisation("b"), nullptr);
    EXPECT_EQ(view.sender("a"), nullptr);
    EXPECT_EQ(view.version(), 9U);
}

TEST_F(DirectoryViewTest, ANewRecordReplacesTheOldOne) {
    v1::DirectoryRecord change;
    change.mutable_organisation()->set_id("a");
    change.mutable_organisation()->set_name("old");
    EXPECT_TRUE(apply(change));
    change.mutable_organisation()->set_name("new");
    EXPECT_TRUE(apply(change));
    EXPECT_EQ(view.organisation("a")->name(), "new");
}

TEST_F(DirectoryViewTest, KeepsAKindOfRecordThatItDoesNotKnow) {
    const Record later{{}, 0, {}, {}, {}, "\x08\x05\x7a\x01x"};  // version 5, field 15
    EXPECT_EQ(view.apply(later, Moment{now, {}}), View::Applied::keep);
    EXPECT_EQ(view.version(), 5U);
    EXPECT_EQ(view.apply(Record{{}, 0, {}, {}, {}, "\xff"}, Moment{now, {}}), View::Applied::unreadable);
}

}  // namespace
}  // namespace whistlestop
