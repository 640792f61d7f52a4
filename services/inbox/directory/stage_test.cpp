#include "services/inbox/directory/stage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whistlestop/v1/directory.pb.h"
#include <algorithm>

#include "common/commands/command.hpp"
#include "common/testing/stage_driver.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop::directory {
namespace {

constexpr auto number = "+13035550100";

Stages stages() { return {{}, {directory_stage({{"main", "a"}, {"second", "a"}, {"other", "b"}})}, {}}; }

struct DirectoryStage : testing::Test {
    StageDriver driver{stages};

    void put(const std::string& id, const v1::DirectoryCommand& command) {
        const Headers headers = envelope_headers(id, "directory.command", driver.clock().wall(), "");
        driver.write({Topic::directory_commands, "", "", command.SerializeAsString(), headers.encoded()});
    }
    void put_organisation(const std::string& id, const std::string& organisation) {
        v1::DirectoryCommand command;
        command.mutable_put_organisation()->set_id(organisation);
        command.mutable_put_organisation()->set_name(organisation);
        put(id, command);
    }
    void put_sender(const std::string& id, const std::string& organisation, const std::string& account = "main") {
        v1::DirectoryCommand command;
        auto& sender = *command.mutable_put_sender();
        sender.set_number(number);
        sender.set_account(account);
        sender.set_organisation(organisation);
        sender.set_segments_per_second(1);
        put(id, command);
    }
    void put_campaign(const std::string& id, const std::string& organisation) {
        v1::DirectoryCommand command;
        auto& campaign = *command.mutable_put_campaign();
        campaign.set_id("spring");
        campaign.set_organisation(organisation);
        campaign.set_name("Spring");
        campaign.add_senders(number);
        put(id, command);
    }
    template <class Message>
    std::vector<Message> all(Topic topic) {
        std::vector<Message> messages;
        for (const Seen& seen : driver.seen(topic)) EXPECT_TRUE(messages.emplace_back().ParseFromString(seen.value));
        return messages;
    }
    // "c1 accepted" or "c1 field".
    std::vector<std::string> events() {
        std::vector<std::string> events;
        for (const auto& event : all<v1::DirectoryEvent>(Topic::directory_events))
            events.push_back(event.command_id() + " " + (event.accepted() ? "accepted" : event.field()));
        return events;
    }
    std::vector<std::string> keys() {
        std::vector<std::string> keys;
        for (const Seen& seen : driver.seen(Topic::directory)) keys.push_back(seen.key);
        return keys;
    }
};

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(DirectoryStage, ASenderStaysInItsLaneGroup) {
    put_organisation("c1", "north");
    put_sender("c2", "north");
    put_sender("c3", "north", "second");
    put_sender("c4", "north", "other");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c1 accepted", "c2 accepted", "c3 accepted", "c4 put_sender.account"));
}

TEST_F(DirectoryStage, WhatIsAcceptedStandsInTheDirectoryAndIsCounted) {
    put_organisation("c1", "greens");
    driver.settle();
    put_sender("c2", "greens");
    driver.settle();
    put_campaign("c3", "greens");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c1 accepted", "c2 accepted", "c3 accepted"));
    EXPECT_THAT(keys(), ElementsAre("organisation/greens", "sender/+13035550100", "campaign/spring"));
    std::uint64_t version = 0;
    for (const auto& record : all<v1::DirectoryRecord>(Topic::directory)) EXPECT_EQ(record.version(), ++version);
    EXPECT_EQ(all<v1::DirectoryRecord>(Topic::directory)[2].campaign().senders(0), number);
}

TEST_F(DirectoryStage, ARefusalNamesTheFieldAndChangesNothing) {
    put_sender("c1", "greens");
    put_campaign("c2", "greens");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c1 put_sender.organisation", "c2 put_campaign.organisation"));
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(DirectoryStage, ACampaignNeedsSendersOfItsOwnOrganisation) {
    put_organisation("c1", "greens");
    put_organisation("c2", "blues");
    put_sender("c3", "blues");
    put_campaign("c4", "greens");
    put_campaign("c5", "blues");
    put_campaign("c6", "greens");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c1 accepted", "c2 accepted", "c3 accepted", "c4 put_campaign.senders",
                                      "c5 accepted", "c6 put_campaign.organisation"));
}

TEST_F(DirectoryStage, ARepeatedCommandChangesNothing) {
    put_organisation("c1", "greens");
    put_organisation("c2", "blues");
    put_sender("c3", "greens");
    driver.settle();
    driver.clock().advance(1000);
    put_sender("c4", "blues");
    put_sender("c3", "greens");
    driver.settle();
    EXPECT_THAT(events(), SizeIs(4));
    const auto records = all<v1::DirectoryRecord>(Topic::directory);
    ASSERT_THAT(records, SizeIs(4));
    EXPECT_EQ(records[3].sender().owners(1).organisation(), "blues");
    EXPECT_EQ(records[3].sender().owners(1).since_ms() - records[3].sender().owners(0).since_ms(), 1000);
}

TEST_F(DirectoryStage, AnEventsIdIsNotItsCommands) {
    put_organisation("c1", "greens");
    put_organisation("c1", "greens");
    driver.settle();
    ASSERT_THAT(driver.seen(Topic::directory_events), SizeIs(1));
    EXPECT_EQ(driver.seen(Topic::directory_events)[0].header("ce_id"), "directory.commands/0/0/0");
}

TEST_F(DirectoryStage, ACommandsIdIsForgottenAfterItsHorizonAndItsRepeatRefused) {
    const WallMs began = driver.clock().wall();
    const auto remembers = [&] {
        return std::ranges::any_of(driver.rows(), [](const auto& row) { return row.first.contains("greens/c1"); });
    };
    put_organisation("c1", "greens");
    driver.settle();
    driver.advance(command_horizon_ms);
    EXPECT_TRUE(remembers());
    driver.advance(120'000);
    EXPECT_FALSE(remembers());
    v1::DirectoryCommand command;
    command.mutable_put_organisation()->set_id("greens");
    const Headers headers = envelope_headers("c1", "directory.command", began, "");
    driver.write({Topic::directory_commands, "", "", command.SerializeAsString(), headers.encoded()});
    driver.settle();
    EXPECT_THAT(events(), SizeIs(1));
    ASSERT_THAT(driver.seen(Topic::dlq), SizeIs(1));
    EXPECT_EQ(driver.seen(Topic::dlq)[0].header("reason"), "time: more than 14 days ago");
}

TEST_F(DirectoryStage, ACommandOfAnOrganisationThatCannotBeTakesNobodysId) {
    put_organisation("c", "a/b");
    put_organisation("b/c", "a");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c put_organisation.id", "b/c accepted"));
}

TEST_F(DirectoryStage, WhatCannotBeReadIsADeadLetterAndTheStageGoesOn) {
    driver.write({Topic::directory_commands, "", "", "x"});
    Headers json;
    json.add("ce_id", "c0").add("content-type", "application/json");
    driver.write({Topic::directory_commands, "", "", R"({"put_nobody":{}})", json.encoded()});
    driver.write({Topic::directory_commands, "", "", std::string(65'537, 'x'), json.encoded()});
    put_organisation("c1", "greens");
    driver.settle();
    EXPECT_THAT(events(), ElementsAre("c1 accepted"));
    const auto letters = driver.seen(Topic::dlq);
    ASSERT_THAT(letters, SizeIs(3));
    EXPECT_TRUE(letters[1].header("reason").contains("put_nobody"));
    EXPECT_TRUE(letters[2].header("reason").contains("65536"));
}

TEST_F(DirectoryStage, ACrashAfterEveryCycleChangesNothing) {
    const auto play = [](StageDriver& played, auto&& after_each) {
        const auto write = [&](const std::string& id, const std::string& organisation) {
            v1::DirectoryCommand command;
            command.mutable_put_organisation()->set_id(organisation);
            command.mutable_put_organisation()->set_name(organisation);
            const Headers headers = envelope_headers(id, "directory.command", played.clock().wall(), "");
            played.write({Topic::directory_commands, "", "", command.SerializeAsString(), headers.encoded()});
        };
        for (const char* id : {"a", "b", "c", "b", "d"}) {
            write(id, id);
            after_each();
        }
    };
    StageDriver crashing{stages};
    play(crashing, [&] {
        crashing.cycle();
        crashing.cycle();
        crashing.crash();
        crashing.settle();
    });
    play(driver, [&] { driver.settle(); });
    EXPECT_EQ(driver.rows(), crashing.rows());
    const auto plain = driver.seen(Topic::directory);
    const auto crashed = crashing.seen(Topic::directory);
    ASSERT_EQ(plain.size(), crashed.size());
    for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_EQ(plain[i].value, crashed[i].value);
    EXPECT_EQ(crashing.seen(Topic::directory_events).size(), 4U);
}

}  // namespace
}  // namespace whistlestop::directory
