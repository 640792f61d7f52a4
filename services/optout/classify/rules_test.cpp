#include "services/optout/classify/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "services/optout/classify/test_classifier.hpp"

namespace whistlestop::optout::classify {
namespace {

bool fires(const Rule& rule, std::string_view message) {
    static const auto scratch = std::make_unique<Scratch>();
    normalise(message, tested_classifier().lexicon(), tested_classifier().model().real_words(), scratch->text);
    tested_classifier().rules().match(scratch->text, scratch->hits);
    return std::ranges::any_of(
        scratch->hits.all(), [&](const RuleHit& hit) { return rule_table()[hit.rule].id == rule.id && !hit.silenced; });
}

TEST(RuleTable, EveryRuleFiresOnItsExample) {
    for (const Rule& rule : rule_table()) EXPECT_TRUE(fires(rule, rule.example)) << rule.id << ": " << rule.example;
}

TEST(RuleTable, NobodyIsSilencedByAnExampleOfWhatOnlyLooksLikeARequest) {
    for (const Rule& rule : rule_table()) {
        if (rule.effect != Effect::optout) continue;
        EXPECT_NE(verdict_on(rule.counter).action, Action::optout) << rule.id << ": " << rule.counter;
    }
}

TEST(RuleTable, GuardsHold) {
    for (const Rule& rule : rule_table()) {
        if (rule.effect != Effect::guard) continue;
        EXPECT_NE(verdict_on(rule.example).action, Action::optout) << rule.id << ": " << rule.example;
    }
}

TEST(RuleTable, EveryRuleHasAnIdOfItsOwnAndAReason) {
    std::set<std::string_view> ids;
    for (const Rule& rule : rule_table()) {
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
        EXPECT_FALSE(rule.reason.empty() || rule.example.empty() || rule.counter.empty()) << rule.id;
    }
}

TEST(Rules, AGuardStaysInItsClause) {
    EXPECT_EQ(verdict_on("no thanks, take me off your list").action, Action::optout);
    EXPECT_NE(verdict_on("don't take me off your list").action, Action::optout);
}

TEST(Rules, AGuardStaysInItsSentence) {
    EXPECT_EQ(verdict_on("I'm not going to vote. Stop texting me.").action, Action::optout);
}

}  // namespace
}  // namespace whistlestop::optout::classify
