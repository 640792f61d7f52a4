#include "common/obs/log.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace whistlestop::obs {
namespace {

constexpr std::string_view key = "a key of 16 bytes or more";

TEST(Logger, WritesOneLinePerFact) {
    std::vector<std::string> lines;
    Logger log{[&](std::string_view line) { lines.emplace_back(line); }};
    log.info("started", {{"port", 8080}, {"version", "0.1.0"}});
    log.warning("draining");
    log.error("bad_config", {{"cause", "privacy.key: \"short\""}, {"empty", ""}, {"forged", "x\nevent=y"}});
    const std::vector<std::string> want = {
        "event=started port=8080 version=0.1.0",
        "event=draining",
        R"(event=bad_config cause="privacy.key: \"short\"" empty="" forged="x event=y")",
    };
    EXPECT_EQ(lines, want);
}

TEST(Logger, ABraceIsNoPlaceholder) {
    std::string last;
    Logger log{[&](std::string_view line) { last = line; }};
    log.info("x", {{"value", "{}"}});
    EXPECT_EQ(last, "event=x value={}");
}

TEST(Redacted, ShowsTheCountryAndAHashThatNeedsTheKey) {
    const Phone phone = *Phone::parse("+13035550199");
    const std::string shown = redacted(phone, key);
    EXPECT_TRUE(shown.starts_with("+1:")) << shown;
    EXPECT_EQ(shown.size(), 3U + 12U);
    EXPECT_FALSE(shown.contains("303"));
    EXPECT_EQ(shown, redacted(phone, key));
    EXPECT_NE(shown, redacted(phone, "another key of 16 bytes"));
    EXPECT_NE(shown, redacted(*Phone::parse("+13035550198"), key));
}

}  // namespace
}  // namespace whistlestop::obs
