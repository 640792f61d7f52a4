#include "services/whistlestop/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace whistlestop {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view usual = R"(
[[accounts]]
id = "main"
sid = "AC1"
auth_tokens = ["token"]
)";

Result<Config> parse(std::string_view toml, const std::map<std::string, std::string>& environment = {}) {
    return parse_config(toml, [&](const std::string& name) -> std::optional<std::string> {
        const auto found = environment.find(name);
        if (found == environment.end()) return std::nullopt;
        return found->second;
    });
}

std::string complaint(std::string_view toml, const std::map<std::string, std::string>& environment = {}) {
    const auto config = parse(toml, environment);
    return config ? "" : config.error().detail;
}

TEST(Config, DefaultsStandWhereNothingIsSaid) {
    const auto config = parse(usual);
    ASSERT_TRUE(config.has_value()) << config.error().detail;
    EXPECT_EQ(config->webhooks.port, 8080);
    EXPECT_EQ(config->operations.port, 9090);
    EXPECT_EQ(config->topics.socket, "data/topics.sock");
    EXPECT_EQ(config->limits.open_intents_max, 1000);
    ASSERT_EQ(config->accounts.size(), 1U);
    const Config::Account& account = config->accounts[0];
    EXPECT_EQ(account.provider, "twilio");
    EXPECT_EQ(account.lane_group, "main");
    EXPECT_EQ(account.http_timeout_ms, 10'000);
    EXPECT_EQ(account.absent_after_ms, 120'000);
    EXPECT_FALSE(account.list_is_proof);
}

TEST(Config, TheFileSaysEverything) {
    const auto config = parse(std::string{usual} + R"(
base_url = "http://127.0.0.1:9"
lane_group = "group"
segments_per_second = 30
http_timeout_ms = 2000
absent_after_ms = 3000
list_is_proof = true
[data]
folder = "/var/lib/x"
[webhooks]
address = "0.0.0.0"
port = 1
public_url = "https://host/base"
waiting_max = 2
[operations]
address = "::1"
port = 3
[topics]
socket = "s"
[limits]
open_intents_max = 4
[log]
segment_mib = 5
retention_minutes = 6
[state]
checkpoint_ms = 70
checkpoint_mib = 8
flush_mib = 9
)");
    ASSERT_TRUE(config.has_value()) << config.error().detail;
    EXPECT_EQ(config->data.folder, "/var/lib/x");
    EXPECT_EQ(config->webhooks.public_url, "https://host/base");
    EXPECT_EQ(config->topics.socket, "s");
    EXPECT_EQ(config->log.retention_minutes, 6);
    EXPECT_EQ(config->state.checkpoint_ms, 70);
    EXPECT_EQ(config->state.flush_mib, 9);
    EXPECT_EQ(config->accounts[0].lane_group, "group");
    EXPECT_TRUE(config->accounts[0].list_is_proof);
}

TEST(Config, TheEnvironmentWins) {
    const auto config = parse(usual, {{"WHISTLESTOP_WEBHOOKS_PORT", "81"},
                                      {"WHISTLESTOP_LIMITS_OPEN_INTENTS_MAX", "5"},
                                      {"WHISTLESTOP_ACCOUNT_MAIN_AUTH_TOKENS", "a,b"},
                                      {"WHISTLESTOP_ACCOUNT_MAIN_LIST_IS_PROOF", "true"}});
    ASSERT_TRUE(config.has_value()) << config.error().detail;
    EXPECT_EQ(config->webhooks.port, 81);
    EXPECT_EQ(config->limits.open_intents_max, 5);
    EXPECT_EQ(config->accounts[0].auth_tokens, (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(config->accounts[0].list_is_proof);
}

TEST(Config, NamesTheKeyAndItsBounds) {
    struct Row {
        std::string_view more;
        std::string_view want;
    };
    const Row rows[] = {
        {"[webhooks]\nport = 65536", "webhooks.port: want a whole number from 0 to 65535"},
        {"[webhooks]\nport = \"80\"", "webhooks.port: want a whole number from 0 to 65535"},
        {"[webhooks]\nport = 80.5", "webhooks.port: want a whole number from 0 to 65535"},
        {"[webhooks]\naddress = \"localhost\"", "webhooks.address: want an IP address"},
        {"[operations]\naddress = \"\"", "operations.address: want an IP address"},
        {"[log]\nsegment_mib = 2049", "log.segment_mib: want a whole number from 1 to 2048"},
        {"[webhooks]\npublic_url = \"host\"", "webhooks.public_url: want http"},
        {"[webhooks]\npublic_url = \"https://host/\"", "webhooks.public_url: want http"},
        {"[webhooks]\npublic_url = \"\"", "webhooks.public_url: want http"},
        {"[webhooks]\npublic_url = \"https://host:port/base\"", "webhooks.public_url: want http"},
        {"[webhooks]\npublic_url = \"https://host/base?a=b\"", "webhooks.public_url: want http"},
        {"[data]\nfolder = 1", "data.folder: want a text"},
        {"[data]\nfolder = \"\"", "data.folder: want a path"},
        {"[limits]\nopen_intents_max = 0", "limits.open_intents_max: want a whole number from 1 to 100000"},
        {"list_is_proof = 1", "accounts[0].list_is_proof: want true or false"},
        {"provider = \"telnyx\"", "accounts[0].provider: want \"twilio\""},
        {"base_url = \"ftp://x\"", "accounts[0].base_url: want http"},
        {"base_url = \"\"", "accounts[0].base_url: want http"},
        {"base_url = \"https://host:port\"", "accounts[0].base_url: want http"},
        {"base_url = \"http://:99999\"", "accounts[0].base_url: want http"},
        {"base_url = \"http://host:99999\"", "accounts[0].base_url: want http"},
        {"base_url = \"http://host/api/v1\"", "accounts[0].base_url: want http"},
        {"lane_group = \"a b\"", "accounts[0].lane_group: want 1 to 64 characters"},
        {"[[accounts]]\nid = \"x\"\nsid = \"AC2\"", "accounts[1].auth_tokens: want one or two"},
        {"[[accounts]]\nid = \"x\"\nsid = \"AC2\"\nauth_tokens = [1]", "accounts[1].auth_tokens: want a list of texts"},
        {"[[accounts]]\nid = \"x\"\nauth_tokens = [\"t\"]", "accounts[1].sid: want 1 to 64 characters"},
        {"[[accounts]]\nid = \"MAIN\"\nsid = \"AC2\"\nauth_tokens = [\"t\"]", "accounts: want ids that differ"},
        {"[[accounts]]\nsid = \"AC2\"\nauth_tokens = [\"t\"]", "accounts[1].id: want 1 to 64 characters"},
    };
    for (const Row& row : rows)
        EXPECT_THAT(complaint(std::string{usual} + std::string{row.more}), HasSubstr(std::string{row.want}));
    EXPECT_EQ(complaint(usual, {{"WHISTLESTOP_WEBHOOKS_PORT", "x"}}),
              "webhooks.port: want a whole number from 0 to 65535");
    EXPECT_EQ(complaint("accounts = 1"), "accounts: want [[accounts]] tables");
    EXPECT_EQ(complaint("data = 1"), "data: want a table [data]");
}

TEST(Config, AnUnknownKeyIsNamedWithTheNearest) {
    EXPECT_EQ(complaint(std::string{usual} + "[webhooks]\nprot = 1"), "webhooks.prot: no such key; do you mean port?");
    EXPECT_EQ(complaint(std::string{usual} + "lane_grup = \"x\""),
              "accounts[0].lane_grup: no such key; do you mean lane_group?");
    EXPECT_EQ(complaint(std::string{usual} + "[webhook]\nport = 1"), "webhook: no such key; do you mean webhooks?");
    EXPECT_EQ(complaint(std::string{usual} + "[webhooks]\nentirely_different = 1"),
              "webhooks.entirely_different: no such key");
}

TEST(Config, ReportsAllComplaintsAtOnce) {
    const std::string all = complaint("[webhooks]\nport = -1\nprot = 1\naddress = \"x\"\n");
    EXPECT_EQ(std::ranges::count(all, '\n'), 2) << all;
}

TEST(Config, NamesTheLineOfBrokenToml) { EXPECT_THAT(complaint("[data]\nfolder = \n"), HasSubstr("line 2: ")); }

TEST(Config, IsShownWithoutItsSecrets) {
    const auto config = parse(usual);
    const std::string shown = describe(*config);
    EXPECT_THAT(shown, HasSubstr("[webhooks]\naddress = \"127.0.0.1\"\nport = 8080\n"));
    EXPECT_THAT(shown, HasSubstr("auth_tokens = [\"(hidden)\"]"));
    EXPECT_THAT(shown, Not(HasSubstr("\"token\"")));
}

TEST(Config, WhatIsShownCanBeReadAgain) {
    const std::string shown = describe(*parse(usual));
    const auto again = parse(shown);
    ASSERT_TRUE(again.has_value()) << again.error().detail;
    EXPECT_EQ(describe(*again), shown);
}

TEST(Config, AMissingFileIsNamed) {
    const auto config = load_config("no/such/file.toml", [](const std::string&) { return std::nullopt; });
    EXPECT_EQ(config.error().fault, Fault::not_found);
    EXPECT_EQ(config.error().detail, "cannot read no/such/file.toml");
    const auto folder = load_config("/", [](const std::string&) { return std::nullopt; });
    EXPECT_EQ(folder.error().detail, "cannot read /");
}

}  // namespace
}  // namespace whistlestop
