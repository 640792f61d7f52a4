#include "services/optout/consent/classified.hpp"

#include <gtest/gtest.h>

#include "common/base/check.hpp"
#include "services/optout/classify/built_in_model.hpp"

namespace whistlestop::optout {
namespace {

Classified classified(std::string_view body) {
    static const Classify classify = [] {
        auto parts = classify::parse_model(classify::built_in_model());
        check(parts.has_value());
        return classify_with(std::make_shared<classify::Classifier>(*std::move(parts)));
    }();
    return classify(body);
}

TEST(Classified, SaysWhatTheClassifierSaysWithItsEvidenceAndVersion) {
    const Classified asked = classified("Hello. Please take me off this.");
    EXPECT_EQ(asked.label, v1::LABEL_OPT_OUT);
    EXPECT_EQ(asked.action, v1::ACTION_OPTOUT);
    EXPECT_EQ(asked.rule, "take.off");
    EXPECT_EQ(asked.evidence, "take me off this");
    EXPECT_TRUE(asked.version.starts_with("optout-")) << asked.version;
    EXPECT_GT(asked.score, 0.5);
}

TEST(Classified, HasALabelForEachThatTheClassifierKnows) {
    struct Row {
        std::string_view body;
        v1::Label label;
    };
    constexpr Row rows[] = {
        {"Where do I vote?", v1::LABEL_NORMAL},
        {"sign me back up please", v1::LABEL_OPT_IN},
        {"who is this", v1::LABEL_HELP},
        {"sorry, wrong number", v1::LABEL_WRONG_NUMBER},
        {"you are all a bunch of crooks", v1::LABEL_ABUSE},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(classified(row.body).label, row.label) << row.body;
        EXPECT_EQ(classified(row.body).action, v1::ACTION_NONE) << row.body;
    }
}

TEST(Classified, KeepsOnlyTheBeginningOfLongEvidence) {
    std::string body = "the";
    for (int i = 0; i < 300; ++i) body += " ñandú";
    const std::string evidence = classified("please remove me from" + body + " or I sue").evidence;
    EXPECT_LE(evidence.size(), 1000U);
    EXPECT_FALSE(evidence.ends_with('\xc3'));
}

}  // namespace
}  // namespace whistlestop::optout
