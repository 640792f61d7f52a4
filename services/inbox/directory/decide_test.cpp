#include "services/inbox/directory/decide.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace whistlestop::directory {
namespace {

constexpr std::int64_t day = 24LL * 3600 * 1000;
constexpr WallMs now{1'790'000'000'000};
constexpr auto number = "+13035550100";

v1::DirectoryCommand put_organisation() {
    v1::DirectoryCommand command;
    command.mutable_put_organisation()->set_id("greens");
    command.mutable_put_organisation()->set_name("The Greens");
    return command;
}

v1::DirectoryCommand put_sender() {
    v1::DirectoryCommand command;
    auto& put = *command.mutable_put_sender();
    put.set_number(number);
    put.set_account("main");
    put.set_organisation("greens");
    put.set_segments_per_second(1);
    return command;
}

v1::DirectoryCommand put_campaign() {
    v1::DirectoryCommand command;
    auto& put = *command.mutable_put_campaign();
    put.set_id("spring");
    put.set_organisation("greens");
    put.set_name("Spring");
    put.add_senders(number);
    return command;
}

// Everything that a command names is there.
Facts usual() {
    Facts facts;
    facts.now = now;
    facts.account_known = true;
    facts.organisation_known = true;
    facts.owners = {{number, "greens"}};
    return facts;
}

struct Row {
    std::string field;
    v1::DirectoryCommand command;
    std::function<void(v1::DirectoryCommand&, Facts&)> change;
};

void many(v1::DirectoryCommand& command) {
    for (int i = 0; i < 1000; ++i) command.mutable_put_campaign()->add_senders(number);
}

const Row rows[] = {
    {"", put_organisation(), [](auto&, auto&) {}},
    {"put_organisation.id", put_organisation(), [](auto& c, auto&) { c.mutable_put_organisation()->set_id(""); }},
    {"put_organisation.id", put_organisation(), [](auto& c, auto&) { c.mutable_put_organisation()->set_id("a/b"); }},
    {"put_organisation.id", put_organisation(), [](auto& c, auto&) { c.mutable_put_organisation()->set_id("@all"); }},
    {"put_organisation.id", put_organisation(),
     [](auto& c, auto&) { c.mutable_put_organisation()->set_id(std::string(65, 'a')); }},
    {"put_organisation.name", put_organisation(), [](auto& c, auto&) { c.mutable_put_organisation()->set_name(""); }},
    {"put_organisation.name", put_organisation(),
     [](auto& c, auto&) { c.mutable_put_organisation()->set_name("a\nb"); }},
    {"put_organisation.name", put_organisation(),
     [](auto& c, auto&) { c.mutable_put_organisation()->set_name(std::string(201, 'a')); }},
    {"", put_organisation(), [](auto& c, auto&) { c.mutable_put_organisation()->set_name(std::string(200, 'a')); }},

    {"", put_sender(), [](auto&, auto&) {}},
    {"", put_sender(), [](auto& c, auto&) { c.mutable_put_sender()->set_number("38438"); }},
    {"put_sender.number", put_sender(), [](auto& c, auto&) { c.mutable_put_sender()->set_number("3035550100"); }},
    {"put_sender.number", put_sender(), [](auto& c, auto&) { c.mutable_put_sender()->set_number("VOTE"); }},
    {"put_sender.account", put_sender(), [](auto&, auto& f) { f.account_known = false; }},
    {"put_sender.organisation", put_sender(), [](auto&, auto& f) { f.organisation_known = false; }},
    {"put_sender.segments_per_second", put_sender(),
     [](auto& c, auto&) { c.mutable_put_sender()->set_segments_per_second(0); }},
    {"put_sender.segments_per_second", put_sender(),
     [](auto& c, auto&) { c.mutable_put_sender()->set_segments_per_second(1001); }},
    {"put_sender.keywords.handled", put_sender(),
     [](auto& c, auto&) { c.mutable_put_sender()->mutable_keywords()->add_handled(""); }},
    {"put_sender.keywords.handled", put_sender(),
     [](auto& c, auto&) { c.mutable_put_sender()->mutable_keywords()->add_handled(std::string(41, 'a')); }},

    {"", put_campaign(), [](auto&, auto&) {}},
    {"put_campaign.id", put_campaign(), [](auto& c, auto&) { c.mutable_put_campaign()->set_id("@catchall.x"); }},
    {"put_campaign.organisation", put_campaign(), [](auto&, auto& f) { f.organisation_known = false; }},
    {"put_campaign.organisation", put_campaign(),
     [](auto&, auto& f) { f.campaign.emplace().set_organisation("blues"); }},
    {"put_campaign.name", put_campaign(), [](auto& c, auto&) { c.mutable_put_campaign()->set_name(""); }},
    {"put_campaign.senders", put_campaign(), [](auto& c, auto&) { c.mutable_put_campaign()->clear_senders(); }},
    {"put_campaign.senders", put_campaign(), [](auto& c, auto&) { many(c); }},
    {"put_campaign.senders", put_campaign(), [](auto&, auto& f) { f.owners.clear(); }},
    {"put_campaign.senders", put_campaign(), [](auto&, auto& f) { f.owners[number] = "blues"; }},
    {"put_campaign.senders", put_campaign(), [](auto&, auto& f) { f.owners[number] = ""; }},

    {"command", {}, [](auto&, auto&) {}},
};

TEST(DirectoryTable, AcceptsOrNamesTheFieldAndTheLimit) {
    for (const Row& row : rows) {
        v1::DirectoryCommand command = row.command;
        Facts facts = usual();
        row.change(command, facts);
        const auto decided = decide(command, facts);
        EXPECT_EQ(decided ? "" : decided.error().field, row.field) << command.ShortDebugString();
        EXPECT_TRUE(decided || !decided.error().reason.empty());
    }
}

v1::Sender put(const v1::Sender& standing, const std::string& organisation, WallMs at) {
    v1::DirectoryCommand command = put_sender();
    command.mutable_put_sender()->set_organisation(organisation);
    Facts facts = usual();
    facts.now = at;
    facts.sender = standing;
    return decide(command, facts)->sender();
}

TEST(DirectoryDates, AChangeOfOwnerIsDatedAndNothingElseIs) {
    v1::Sender sender = put({}, "greens", now);
    sender = put(sender, "greens", now + day);
    ASSERT_EQ(sender.owners_size(), 1);
    EXPECT_EQ(sender.owners(0).since_ms(), now.value);
    sender = put(sender, "blues", now + 2 * day);
    ASSERT_EQ(sender.owners_size(), 2);
    EXPECT_EQ(sender.owners(1).organisation(), "blues");
    EXPECT_EQ(sender.owners(1).since_ms(), now.value + 2 * day);
}

TEST(DirectoryDates, ASenderWithoutOwnerIsNobodysFromThenOn) {
    EXPECT_EQ(put({}, "", now).owners_size(), 0);
    const v1::Sender sender = put(put({}, "greens", now), "", now + day);
    ASSERT_EQ(sender.owners_size(), 2);
    EXPECT_EQ(sender.owners(1).organisation(), "");
}

TEST(DirectoryDates, OwnersOfLongAgoAreForgotten) {
    v1::Sender sender = put(put({}, "greens", now), "blues", now + day);
    sender = put(sender, "reds", now + 401 * day);
    EXPECT_EQ(sender.owners_size(), 3);
    sender = put(sender, "reds", now + 402 * day);
    ASSERT_EQ(sender.owners_size(), 2);
    EXPECT_EQ(sender.owners(0).organisation(), "blues");
}

TEST(DirectoryDates, OwnersAreBounded) {
    v1::Sender sender;
    for (int i = 0; i < 64; ++i) sender = put(sender, i % 2 == 0 ? "greens" : "blues", now + i);
    Facts facts = usual();
    facts.sender = sender;
    const auto decided = decide(put_sender(), facts);
    ASSERT_FALSE(decided);
    EXPECT_EQ(decided.error().field, "put_sender.organisation");
}

}  // namespace
}  // namespace whistlestop::directory
