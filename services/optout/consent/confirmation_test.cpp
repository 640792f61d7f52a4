#include "services/optout/consent/confirmation.hpp"

#include <gtest/gtest.h>

#include "common/domain/segments.hpp"

namespace whistlestop::optout {
namespace {

TEST(Confirmation, GoesOnceToWhoeverCouldBeTextedUntilNowWithinFiveMinutes) {
    const auto with = [](auto change) {
        ConfirmationFacts facts{true, false, false, 0};
        change(facts);
        return may_confirm(facts);
    };
    EXPECT_TRUE(with([](auto&) {}));
    EXPECT_FALSE(with([](auto& facts) { facts.owned = false; }));
    EXPECT_FALSE(with([](auto& facts) { facts.stood_before = true; }));
    EXPECT_FALSE(with([](auto& facts) { facts.carrier_answers = true; }));
    EXPECT_TRUE(with([](auto& facts) { facts.age_ms = 299'999; }));
    EXPECT_FALSE(with([](auto& facts) { facts.age_ms = 300'000; }));
}

struct Row {
    std::string body;
    std::string carrier_keyword;
    bool carrier_answers;
};

TEST(Confirmation, IsTheCarriersWhereItHearsTheWord) {
    v1::KeywordProfile profile;
    profile.add_handled("STOP");
    profile.add_handled("opt out");
    profile.set_answered(true);
    const Row rows[] = {
        {"STOP", "", true},      {" stop\n", "", true}, {"STOP!!", "", false},
        {"stop.", "", false},    {"QUIT", "", false},   {"Opt Out", "", true},
        {"opt  out", "", false}, {"", "", false},       {"NO MAS", "STOP", true},
    };
    for (const Row& row : rows) {
        v1::InboundText text;
        text.set_body(row.body);
        text.set_carrier_keyword(row.carrier_keyword);
        EXPECT_EQ(carrier_answers(profile, text), row.carrier_answers) << row.body;
    }
    profile.set_answered(false);
    v1::InboundText text;
    text.set_body("STOP");
    EXPECT_FALSE(carrier_answers(profile, text));
}

TEST(Confirmation, NamesWhoObeysInOneSegment) {
    const auto one_segment = [](const std::string& name) {
        return count_segments(confirmation_text(name)).segments == 1;
    };
    EXPECT_EQ(confirmation_text("The Greens"), "The Greens: You are opted out. No more texts from us.");
    EXPECT_TRUE(one_segment(std::string(200, 'x')));
    EXPECT_TRUE(confirmation_text(std::string(200, 'x')).starts_with("xxxxxxxx"));
    std::string name;
    for (int i = 0; i < 100; ++i) name += "Ж😀";
    EXPECT_TRUE(one_segment(name));
    EXPECT_TRUE(confirmation_text(name).starts_with("Ж😀"));
    EXPECT_EQ(confirmation_text(""), "You are opted out. No more texts from us.");
}

}  // namespace
}  // namespace whistlestop::optout
