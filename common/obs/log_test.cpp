#include "common/obs/log.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace whistlestop::obs {
namespace {

TEST(Logger, WritesOneLinePerFact) {
    std::vector<std::string> lines;
    Logger log{[&](std::string_view line) { lines.emplace_back(line); }};
    log.info("started", {{"port", 8080}, {"version", "0.1.0"}});
    log.warning("draining");
    log.error("bad_config", {{"cause", "optout.model: \"short\""}, {"empty", ""}, {"forged", "x\nevent=y"}});
    const std::vector<std::string> want = {
        "event=started port=8080 version=0.1.0",
        "event=draining",
        R"(event=bad_config cause="optout.model: \"short\"" empty="" forged="x event=y")",
    };
    EXPECT_EQ(lines, want);
}

TEST(Logger, ABraceIsNoPlaceholder) {
    std::string last;
    Logger log{[&](std::string_view line) { last = line; }};
    log.info("x", {{"value", "{}"}});
    EXPECT_EQ(last, "event=x value={}");
}

}  // namespace
}  // namespace whistlestop::obs
