#include "services/optout/consent/meaning.hpp"

#include <gtest/gtest.h>

namespace whistlestop::optout {
namespace {

v1::InboundText text_of(const std::string& body, const std::string& carrier_keyword = "") {
    v1::InboundText text;
    text.set_body(body);
    text.set_carrier_keyword(carrier_keyword);
    return text;
}

// A classifier that finds in every text what it is told to find.
Classify always(v1::Label label, v1::Action action) {
    return [=](std::string_view) { return Classified{label, action, 0.9, "model", "words", "m1"}; };
}

struct Row {
    std::string body;
    std::string carrier_keyword;
    v1::Label label;
    v1::Action action;
    bool lifts;
};

TEST(Meaning, IsThatOfTheKeywordWithoutAClassifier) {
    const Row rows[] = {
        {"STOP", "", v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, false},
        {" stop!! ", "", v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, false},
        {"Unsubscribe", "", v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, false},
        {"START", "", v1::LABEL_OPT_IN, v1::ACTION_NONE, true},
        {"unstop", "", v1::LABEL_OPT_IN, v1::ACTION_NONE, true},
        {"help", "", v1::LABEL_HELP, v1::ACTION_NONE, false},
        {"yes", "", v1::LABEL_NORMAL, v1::ACTION_NONE, false},
        {"please stop by at five", "", v1::LABEL_NORMAL, v1::ACTION_NONE, false},
        {"", "", v1::LABEL_NORMAL, v1::ACTION_NONE, false},
        {"arrêt", "STOP", v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, false},  // a word of the carrier's own
        {"yes", "START", v1::LABEL_NORMAL, v1::ACTION_NONE, false},      // ... opens no door of ours
        {"START", "STOP", v1::LABEL_OPT_IN, v1::ACTION_NONE, true},
    };
    for (const Row& row : rows) {
        const Meaning meaning = meaning_of(text_of(row.body, row.carrier_keyword), {});
        EXPECT_EQ(meaning.classified.label, row.label) << row.body;
        EXPECT_EQ(meaning.classified.action, row.action) << row.body;
        EXPECT_EQ(meaning.lifts, row.lifts) << row.body;
    }
}

TEST(Meaning, AKeywordOutranksTheClassifier) {
    const Meaning meaning = meaning_of(text_of("Stop"), always(v1::LABEL_NORMAL, v1::ACTION_NONE));
    EXPECT_EQ(meaning.classified.action, v1::ACTION_OPTOUT);
    EXPECT_EQ(meaning.classified.evidence, "stop");
    EXPECT_FALSE(meaning.classified.version.empty());
    EXPECT_EQ(meaning.cause, v1::ConsentEntry::CAUSE_KEYWORD);
}

TEST(Meaning, TheClassifierDecidesTheRest) {
    const Meaning meaning = meaning_of(text_of("leave me alone"), always(v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT));
    EXPECT_EQ(meaning.classified.action, v1::ACTION_OPTOUT);
    EXPECT_EQ(meaning.classified.version, "m1");
    EXPECT_EQ(meaning.cause, v1::ConsentEntry::CAUSE_CLASSIFIED);
}

TEST(Meaning, AClassifiedOptInOpensNoDoor) {
    EXPECT_FALSE(meaning_of(text_of("text me again"), always(v1::LABEL_OPT_IN, v1::ACTION_NONE)).lifts);
}

}  // namespace
}  // namespace whistlestop::optout
