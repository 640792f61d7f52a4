#include "load-tests/simulator/config.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace simulator {
namespace {

namespace json = boost::json;

json::value usual() {
    return json::parse(R"({"accounts": [{"name": "main", "sid": "AC1", "auth_token": "t", "webhook_base": "http://a",
                           "senders": [{"number": "+100"}]}]})");
}

TEST(Config, TheExampleOfTheReadmeIsRead) {
    std::ifstream file{SIMULATOR_TESTDATA "/../README.md"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const std::size_t begin = text.find("```json") + 7;
    const Config config = parse_config(json::parse(text.substr(begin, text.find("```", begin) - begin)));
    EXPECT_EQ(config.accounts.at(0).senders.at(0).keywords.handled, std::vector<std::string>{"STOP"});
    EXPECT_EQ(config.faults.permille[static_cast<std::size_t>(carrier::Fault::slow_report)], 10U);
    EXPECT_EQ(config.people.ignored.size(), 1U);
    EXPECT_EQ(config.retries.pause, milliseconds{1000});
}

TEST(Config, SaysWhichKeyIsWrong) {
    const auto complaint = [](std::string_view key, const json::value& wrong) -> std::string {
        json::value changed = usual();
        changed.as_object()[key] = wrong;
        try {
            (void)parse_config(changed);
        } catch (const BadConfig& bad) {
            return bad.what();
        }
        return "";
    };
    EXPECT_EQ(complaint("port", 70'000), "config.port: want a number from 0 to 65535");
    EXPECT_EQ(complaint("seed", -1), "config.seed: want a number from 0 to 18446744073709551615");
    EXPECT_EQ(complaint("sed", 1), "config: 1 of its keys are not known");
    EXPECT_EQ(complaint("transit_ms", json::parse(R"({"min": 5, "max": 1})")), "config.transit_ms: max is below min");
    EXPECT_EQ(complaint("faults", json::parse(R"({"permille": {"hang": 1}})")),
              "config.faults.permille: 1 of its keys are not known");
    EXPECT_EQ(complaint("faults", json::parse(R"({"permille": {"hang_not": 600, "hang_taken": 600}})")),
              "config.faults.permille: sum is over 1000");
    EXPECT_EQ(complaint("accounts", json::array{}), "config.accounts: at least one is needed");
    EXPECT_EQ(complaint("webhooks", json::parse(R"({"connections": 0})")),
              "config.webhooks.connections: want at least 1");
}

TEST(Config, ChangedFaultsKeepWhatIsNotNamedAndBadOnesChangeNothing) {
    carrier::FaultSettings faults;
    change_faults(faults, json::parse(R"({"permille": {"hang_not": 10}, "at_least": 5})"));
    change_faults(faults, json::parse(R"({"permille": {"refused": 20}})"));
    EXPECT_EQ(faults.permille[static_cast<std::size_t>(carrier::Fault::hang_not)], 10U);
    EXPECT_EQ(faults.permille[static_cast<std::size_t>(carrier::Fault::refused)], 20U);
    EXPECT_EQ(faults.at_least, 5U);
    EXPECT_THROW(change_faults(faults, json::parse(R"({"at_least": 9, "permille": {"refused": 1001}})")), BadConfig);
    EXPECT_EQ(faults.at_least, 5U);
}

}  // namespace
}  // namespace simulator
