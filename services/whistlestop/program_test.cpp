// The program as a person or a script meets it: what it prints, and with which code it ends.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "services/whistlestop/child.hpp"

namespace whistlestop {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view event =
    R"({"specversion":"1.0","id":"o1","source":"/me","type":"t","data":{"put_organisation":{"id":"org","name":"O"}}})";

class Program : public testing::Test {
protected:
    Program() {
        std::filesystem::create_directory(folder_);
        std::ofstream{config_} << fmt::format(
            "[data]\nfolder = \"{}/data\"\n[webhooks]\nport = 0\n[operations]\nport = 0\n"
            "[[accounts]]\nid = \"main\"\nsid = \"AC1\"\nauth_tokens = [\"secret\"]\nbase_url = "
            "\"http://127.0.0.1:9\"\n",
            folder_.native());
    }
    ~Program() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() /
        fmt::format("program-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
    std::string config_ = folder_ / "config.toml";
};

TEST_F(Program, SaysWhatItIsAndHelps) {
    EXPECT_THAT(Child({"--version"}).rest(), StartsWith("whistlestop "));
    EXPECT_THAT(Child({"--help"}).rest(), HasSubstr("Usage: whistlestop"));
    EXPECT_THAT(Child({"help", "topics", "tail"}).rest(), HasSubstr("Usage: whistlestop topics tail"));
    EXPECT_EQ(Child({"help", "nothing"}).exit_code(), 2);
    EXPECT_EQ(Child({"nothing"}).exit_code(), 2);
}

TEST_F(Program, CountsSegments) {
    Child child{{"segments"}, "{\"text\":\"hi\"}\n{\"text\":\"\\u00e7\"}\n"};
    EXPECT_EQ(child.line(), R"({"encoding":"GSM-7","units":2,"segments":1})");
    EXPECT_EQ(child.line(), R"({"encoding":"UCS-2","units":1,"segments":1})");
    EXPECT_EQ(child.exit_code(), 0);
}

TEST_F(Program, ClassifiesReplies) {
    Child child{{"classify"}, "{\"text\":\"STOP\"}\n{\"txt\":\"STOP\"}\n"};
    EXPECT_THAT(*child.line(), HasSubstr(R"("action":"optout")"));
    EXPECT_EQ(child.line(), R"({"error":"want {\"text\": ...}"})");
    EXPECT_EQ(child.exit_code(), 1);
}

TEST_F(Program, ExplainsWhyItClassifiesAsItDoes) {
    const std::string shown = Child({"classify", "--explain", "pls take me off ur list"}).rest();
    for (const std::string_view part : {"OPTOUT", "take.off", "read as", "phrases", "model", "decision"})
        EXPECT_THAT(shown, HasSubstr(std::string{part}));
    EXPECT_THAT(Child({"classify", "--explain", "S.T.O.P"}).rest(), HasSubstr("that decides"));
    EXPECT_THAT(Child({"classify", "see you at 7", "STOP"}).rest(), HasSubstr("\"none\""));
}

TEST_F(Program, ClassifiesNothingWithoutItsModel) {
    const std::string model = folder_ / "model.bin";
    std::ofstream{config_, std::ios::app} << fmt::format("[optout]\nmodel = \"{}\"\n", model);
    const auto refusal = [&](const std::vector<std::string>& arguments) {
        Child child{arguments, "{\"text\":\"STOP\"}\n"};
        std::string said = child.rest();
        EXPECT_EQ(child.exit_code(), 1);
        return said;
    };
    EXPECT_THAT(refusal({"classify", "--model", model}), HasSubstr("opt-out model: cannot read"));
    EXPECT_THAT(refusal({"classify", "--model", "/"}), HasSubstr("opt-out model: cannot read"));
    EXPECT_THAT(refusal({"all", "--config", config_}), HasSubstr("opt-out model: cannot read"));
    std::ofstream{model} << "WSOPTOUT and then something else";
    EXPECT_THAT(refusal({"classify", "--model", model}), HasSubstr("opt-out model: format"));
    EXPECT_THAT(refusal({"all", "--config", config_}), HasSubstr("opt-out model: format"));
}

TEST_F(Program, ChecksAConfiguration) {
    Child good{{"config", "check", config_}};
    const std::string shown = good.rest();
    EXPECT_EQ(good.exit_code(), 0);
    EXPECT_THAT(shown, HasSubstr("[webhooks]"));
    EXPECT_THAT(shown, testing::Not(HasSubstr("secret")));
    std::ofstream{config_, std::ios::app} << "prot = 1\n";
    Child bad{{"config", "check", config_}};
    EXPECT_THAT(bad.rest(), HasSubstr("accounts[0].prot: no such key"));
    EXPECT_EQ(bad.exit_code(), 1);
    EXPECT_EQ(Child({"all", "--config", config_}).exit_code(), 1);
    Child nothing{{"config", "check", folder_}};
    EXPECT_THAT(nothing.rest(), HasSubstr("cannot read"));
    EXPECT_EQ(nothing.exit_code(), 1);
}

TEST_F(Program, TakesEventsShowsThemAndStopsWhenItIsTold) {
    Child gateway{{"all", "--config", config_}};
    ASSERT_THAT(gateway.line_with("event="), HasSubstr("event=started"));
    Child producing{{"topics", "produce", "directory.commands", "--config", config_}, std::string{event} + "\n{}\n"};
    EXPECT_EQ(producing.line(), "0:0");
    EXPECT_EQ(producing.line(), "error: specversion: want 1.0");
    EXPECT_EQ(producing.exit_code(), 1);
    Child consuming{{"topics", "consume", "directory.events", "--count", "1", "--config", config_}};
    EXPECT_THAT(*consuming.line(), HasSubstr(R"("data":{"command_id":"o1","accepted":true})"));
    EXPECT_EQ(consuming.exit_code(), 0);
    gateway.signal(SIGTERM);
    EXPECT_THAT(gateway.rest(), HasSubstr("event=stopped"));
    EXPECT_EQ(gateway.exit_code(), 0);
}

TEST_F(Program, DevRunsWithAConfigurationOfItsOwnAndSaysWhereItIs) {
    ::setenv("WHISTLESTOP_WEBHOOKS_PORT", "0", 1);
    ::setenv("WHISTLESTOP_OPERATIONS_PORT", "0", 1);
    const std::filesystem::path mine = folder_ / R"(a "dev" folder)";
    const std::string own = mine / "whistlestop.toml";
    for (const char* life : {"first", "second"}) {
        Child dev{{"dev", "--folder", mine}};
        EXPECT_EQ(dev.line(), "configuration  " + own) << life;
        ASSERT_THAT(dev.line_with("event=started"), HasSubstr("topics.sock")) << life;
        Child producing{{"topics", "produce", "directory.commands", "--config", own}, std::string{event} + "\n"};
        EXPECT_THAT(*producing.line(), StartsWith("0:")) << life;
        dev.signal(SIGTERM);
        EXPECT_EQ(dev.exit_code(), 0) << life;
    }
    ::unsetenv("WHISTLESTOP_WEBHOOKS_PORT");
    ::unsetenv("WHISTLESTOP_OPERATIONS_PORT");
}

TEST_F(Program, ATopicThatNobodyMayWriteIsNamedBeforeALineIsRead) {
    for (const auto& [topic, why] : {std::pair{"nosuch", "no such topic"}, {"inbound", "internal"}}) {
        Child producing{{"topics", "produce", topic, "--config", config_}};
        EXPECT_THAT(producing.rest(), HasSubstr(why));
        EXPECT_EQ(producing.exit_code(), 1);
    }
}

TEST_F(Program, ASecondProcessOnOneFolderRefuses) {
    Child first{{"all", "--config", config_}};
    ASSERT_THAT(first.line_with("event="), HasSubstr("event=started"));
    Child second{{"all", "--config", config_}};
    EXPECT_THAT(second.rest(), HasSubstr("another process"));
    EXPECT_EQ(second.exit_code(), 1);
}

TEST_F(Program, WhatWasAnsweredIsThereAfterItWasKilled) {
    {
        Child gateway{{"all", "--config", config_}};
        ASSERT_THAT(gateway.line_with("event="), HasSubstr("event=started"));
        EXPECT_EQ(
            Child({"topics", "produce", "directory.commands", "--config", config_}, std::string{event} + '\n').line(),
            "0:0");
    }  // killed
    Child gateway{{"all", "--config", config_}};
    ASSERT_THAT(gateway.line_with("event="), HasSubstr("event=started"));
    Child consuming{{"topics", "consume", "directory", "--count", "1", "--config", config_}};
    EXPECT_THAT(*consuming.line(), HasSubstr(R"("organisation":{"id":"org","name":"O"})"));
}

TEST_F(Program, WithoutAGatewayTopicsSaysSo) {
    Child child{{"topics", "tail", "inbound", "--config", config_}};
    EXPECT_THAT(child.rest(), HasSubstr("topics.sock"));
    EXPECT_EQ(child.exit_code(), 1);
}

}  // namespace
}  // namespace whistlestop
