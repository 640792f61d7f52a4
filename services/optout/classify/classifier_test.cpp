#include "services/optout/classify/classifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cctype>
#include <cstdlib>
#include <new>

#include "services/optout/classify/answer.hpp"
#include "services/optout/classify/test_classifier.hpp"
#include "services/optout/keywords/keywords.hpp"

// GCC inlines one half of a replaced pair and then misses the other.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace whistlestop::optout::classify {
namespace {

struct Row {
    std::string_view message;
    Label label;
    Action action;
};

TEST(Classifier, ANumberBesideAWordThatHasAnObjectIsNotAKeyword) {
    for (const std::string_view message : {"cancel 10/14", "end 5:30", "quit 2020", "remove 2"})
        EXPECT_NE(verdict_on(message).action, Action::optout) << message;
    for (const std::string_view message : {"stop 2", "STOP 303-555-0142", "cancel 303-555-0142", "unsubscribe 1"})
        EXPECT_EQ(verdict_on(message).action, Action::optout) << message;
}

TEST(Classifier, WhoDeniesThatHeAskedOutIsNotSilenced) {
    for (const std::string_view message :
         {"don't opt me out", "I don't want to be taken off", "why did you take me off the list?",
          "I wouldn't want off this list", "No need to take me off the list",
          "please don't text me during church hours"})
        EXPECT_NE(verdict_on(message).action, Action::optout) << message;
}

TEST(Classifier, ThanksBesideAKeywordDoNotLoseIt) {
    for (const std::string_view message :
         {"Stop thank you", "STOP. Thank you!", "stop no thanks", "Stop all! Thank you!", "STOPALL have a nice day",
          "unsubscribe, God bless", "STOP 👍"})
        EXPECT_EQ(verdict_on(message).action, Action::optout) << message;
    EXPECT_NE(verdict_on("thank you").action, Action::optout);
    EXPECT_NE(verdict_on("have a nice day").action, Action::optout);
}

TEST(Classifier, OurFooterRepeatedBesideAKeywordDoesNotLoseIt) {
    for (const std::string_view message : {"STOP to end", "STOP to opt out", "stop 2 end", "STOP2", "quit to cancel"})
        EXPECT_EQ(verdict_on(message).action, Action::optout) << message;
    for (const std::string_view message : {"to end", "start 2", "cancel2"})
        EXPECT_NE(verdict_on(message).action, Action::optout) << message;
}

TEST(Classifier, WhatAKeywordIsForIsNoCourtesyBesideAnother) {
    for (const std::string_view message : {"START to quit", "HELP to unsubscribe", "info to opt out", "start2"})
        EXPECT_THAT(verdict_on(message).rule, testing::AllOf(testing::Ne("keyword.start"), testing::Ne("keyword.help")))
            << message;
}

// Each was silenced once, read as a request.
TEST(Classifier, WhatOnlySoundsLikeARequestIsNotSilenced) {
    for (const std::string_view message :
         {"Ya lo mandé", "ya la mandé, gracias", "Please remove me from Saturday's list, I can do Sunday",
          "quit asking me for money and fix the road", "take me off Tuesdays, I work then"})
        EXPECT_NE(verdict_on(message).action, Action::optout) << message;
}

TEST(Classifier, WhoNeedsNoReminderIsNotSilenced) {
    for (const std::string_view message :
         {"You don't need to remind me, I already voted", "I did not get the last text, send it again",
          "I already have a sign, don't need another"})
        EXPECT_NE(verdict_on(message).action, Action::optout) << message;
}

TEST(Classifier, AMessageThatOpensWithAKeywordReachesAPerson) {
    for (const std::string_view message :
         {"STOP - Gus Abernathy, Certified Locksmith", "Stop. Rutabaga zeppelin", "Unsubscribe, quoth the raven"})
        EXPECT_NE(verdict_on(message).action, Action::none) << message;
}

TEST(Classifier, ARequestBehindManySentencesIsHeard) {
    std::string message;
    for (int i = 0; i < 40; ++i) message += "We met at the fair. ";
    EXPECT_NE(verdict_on(message + "Do not text me again.").action, Action::none);
    EXPECT_NE(verdict_on(message + "STOP").action, Action::none);
}

TEST(Classifier, WhatIsNotAboutTextsNeedsMoreToBeActedOn) {
    const auto evidence = [](std::string_view message) {
        static_cast<void>(verdict_on(message));
        return evidence_of(tested_scratch().text, tested_scratch().hits);
    };
    EXPECT_EQ(evidence("please take me off this list"), Evidence::phrase);
    EXPECT_EQ(evidence("that is the fourth message since Friday"), Evidence::topic);
    EXPECT_EQ(evidence("Consider yourself excused"), Evidence::none);

    const Thresholds thresholds{{0.6F, 0.2F}, {0.85F, 0.3F}, {0.94F, 0.3F}};
    const auto bar = [&](std::string_view message) {
        static_cast<void>(verdict_on(message));
        return deciding_bar(thresholds, tested_scratch().text, tested_scratch().hits).bar.optout;
    };
    EXPECT_EQ(bar("please take me off this list"), 0.6F);
    EXPECT_EQ(bar("that is the fourth message since Friday"), 0.85F);
    EXPECT_EQ(bar("Consider yourself excused"), 0.94F);
    EXPECT_GT(bar("don't stop texting me"), 0.94F) << "a guard";
}

TEST(Classifier, DecidesAsALawyerWould) {
    constexpr Row rows[] = {
        {"STOP", Label::opt_out, Action::optout},
        {"please take me off this", Label::opt_out, Action::optout},
        {"I do not wish to be contacted", Label::opt_out, Action::optout},
        {"cease and desist", Label::opt_out, Action::optout},
        {"Wrong number. Stop texting me", Label::opt_out, Action::optout},
        {"Ya no me manden mensajes", Label::opt_out, Action::optout},
        {"Please don't stop texting me, I love these", Label::normal, Action::none},
        {"Can I stop by the office for a sign?", Label::normal, Action::none},
        {"Liked “Reply STOP to opt out”", Label::normal, Action::none},
        {"We must stop the war", Label::normal, Action::none},
        {"No", Label::normal, Action::none},
        {"yes", Label::normal, Action::none},
        {"START", Label::opt_in, Action::none},
        {"HELP", Label::help, Action::none},
        {"who is this?", Label::help, Action::none},
        {"Wrong number", Label::wrong_number, Action::none},
        {"fuck you", Label::abuse, Action::none},
    };
    for (const auto& [message, label, action] : rows) {
        const Verdict verdict = verdict_on(message);
        EXPECT_EQ(name_of(verdict.label), name_of(label)) << message;
        EXPECT_EQ(name_of(verdict.action), name_of(action)) << message;
    }
}

void expect_stop_whatever_is_around(const std::string& word) {
    for (const std::string_view before : {"", " ", "\n", "\"", "(", "¡", "please ", "\u200b"})
        for (const std::string_view after :
             {"", " ", ".", "!!!", "?", "\"", ")", "…", "\n", " please", " thanks", " 🛑"}) {
            const std::string message = std::string{before} + word + std::string{after};
            const Verdict verdict = verdict_on(message);
            EXPECT_EQ(verdict.action, Action::optout) << message;
            EXPECT_TRUE(verdict.rule.starts_with("keyword")) << message;
        }
}

TEST(Classifier, NothingAroundAKeywordLosesIt) {
    for (const KeywordRow& row : keyword_table()) {
        if (row.keyword != Keyword::stop) continue;
        std::string upper{row.word};
        for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        expect_stop_whatever_is_around(std::string{row.word});
        expect_stop_whatever_is_around(upper);
    }
}

TEST(Classifier, EvidenceIsAPieceOfTheMessage) {
    const std::string_view message = "Hi there! Please take me OFF your list, thanks";
    const Verdict verdict = verdict_on(message);
    EXPECT_EQ(verdict.action, Action::optout);
    EXPECT_GE(verdict.evidence.data(), message.data());
    EXPECT_LE(verdict.evidence.data() + verdict.evidence.size(), message.data() + message.size());
    EXPECT_NE(verdict.evidence.find("me OFF"), std::string_view::npos) << verdict.evidence;
}

TEST(Classifier, ActingNamesTheLabel) {
    std::mt19937_64 random{2};
    for (int i = 0; i < 5'000; ++i) {
        const Verdict verdict = verdict_on(random_message(random));
        ASSERT_TRUE(verdict.action != Action::optout || verdict.label == Label::opt_out);
        ASSERT_FALSE(verdict.rule.empty());
    }
}

TEST(Classifier, TheSameMessageGivesTheSameVerdict) {
    std::mt19937_64 random{3};
    const auto scratch = std::make_unique<Scratch>();
    for (int i = 0; i < 2'000; ++i) {
        const std::string message = random_message(random);
        const Verdict first = verdict_on(message);
        const Verdict second = tested_classifier().classify(message, *scratch);
        ASSERT_EQ(first.score, second.score);
        ASSERT_EQ(first.action, second.action);
        ASSERT_EQ(first.evidence, second.evidence);
    }
}

TEST(Classifier, TakesAnyBytes) {
    for (const std::string& message :
         {std::string{}, std::string(1, '\0'), std::string(50'000, 'a'), std::string(50'000, ' '),
          std::string(50'000, '\xff'), std::string(50'000, '.'), std::string{"\u202e\u202d\u200f"},
          std::string{"مرحبا كيف حالك"}, std::string{"🛑🎉🇺🇸👨‍👩‍👧"}, std::string{"\xf0\x9f"},
          std::string(3'000, 's')}) {
        const Verdict verdict = verdict_on(message);
        EXPECT_LE(verdict.score, 1.0F);
    }
}

TEST(Classifier, ALongBodyIsReadAtBothEnds) {
    std::string body;
    while (body.size() < 50'000) body += "we had soup and talked about the weather ";
    EXPECT_NE(verdict_on(body).action, Action::optout);
    EXPECT_NE(verdict_on("Stop texting me. " + body).action, Action::none);
    EXPECT_NE(verdict_on(body + ". Stop texting me.").action, Action::none);
}

TEST(Classifier, AllocatesNothing) {
    const auto scratch = std::make_unique<Scratch>();
    (void)tested_classifier().classify("warm", *scratch);
    const std::size_t before = allocations;
    for (const std::string_view message : {"STOP", "please take me off your list", "who is this", "s t o p",
                                           "I love these texts. Never stop fighting! See you on Saturday?"}) {
        (void)tested_classifier().classify(message, *scratch);
    }
    EXPECT_EQ(allocations, before);
}

TEST(Answer, IsJsonWhateverTheEvidence) {
    const Verdict verdict{Label::opt_out, Action::optout, 0.5F, "keyword", "a\"b\\c\n\xff"};
    EXPECT_EQ(
        to_json(verdict, 1.5),
        R"({"label":"opt_out","action":"optout","score":0.5000,"us":1.50,"rule":"keyword","evidence":"a\"b\\c\u000a)"
        "\uFFFD\"}");
}

TEST(Explain, ShowsTheLayersAtWork) {
    const auto scratch = std::make_unique<Scratch>();
    const Verdict verdict = tested_classifier().classify("please take me off your list", *scratch);
    const std::string text = explain(tested_classifier(), verdict, *scratch);
    for (const std::string_view part :
         {"read as    please take me off your list", "asks out: take.off", "heaviest", "decision", "opt_out"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
}

}  // namespace
}  // namespace whistlestop::optout::classify
