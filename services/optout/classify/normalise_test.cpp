#include <gtest/gtest.h>

#include "services/optout/classify/spelling.hpp"
#include "services/optout/classify/test_classifier.hpp"

namespace whistlestop::optout::classify {
namespace {

struct Row {
    std::string_view message;
    std::string_view want;
};

TEST(Normalise, UndoesEveryDisguise) {
    constexpr Row rows[] = {
        {"Stop", "stop"},
        {"  STOP!!  ", "stop"},
        {"S T O P", "stop"},
        {"s.t.o.p.", "stop"},
        {"S-T-O-P", "stop"},
        {"S\nT\nO\nP", "stop"},
        {"ＳＴＯＰ", "stop"},
        {"𝗦𝗧𝗢𝗣", "stop"},
        {"Ⓢⓣⓞⓟ", "stop"},
        {"🅂🅃🄾🄿", "stop"},
        {"🇸🇹🇴🇵", "stop"},
        {"ѕтор", "stop"},
        {"ՏTOP", "stop"},
        {"ꜱᴛᴏᴘ", "stop"},
        {"St\u200bo\u00adp", "stop"},
        {"stóp", "stop"},
        {"ST0P", "stop"},
        {"$top", "stop"},
        {"5top", "stop"},
        {"stooooop", "stop"},
        {"STOP2", "stop"},
        {"platform2", "platform2"},
        {"stpo", "stop"},
        {"dtop", "stop"},
        {"unsuscribe", "unsubscribe"},
        {"usubscribe", "unsubscribe"},
        {"sto p", "stop"},
        {"0pt 0ut", "opt out"},
        {"stawwwp", "stawp"},
        {"Un subcribe", "unsubscribe"},
        {"stoptextingme", "stop texting me"},
        {"REMOVEME", "remove me"},
        {"don’t text me", "dont text me"},
        {"no más", "no mas"},
        {"call 555-0123 now", "call 0 now"},
        {"see http://example.org/x?y=1 ok", "see http://x.com ok"},
        {"Stop. I never signed up", "stop\ni never signed up"},
        {"why? stop", "why?\nstop"},
        {"stop\nSent from my iPhone", "stop"},
        {"STOP\nBest,\nCarolyn M.", "stop"},
        {"Stop (sent with Slam Effect)", "stop"},
    };
    for (const auto& [message, want] : rows) EXPECT_EQ(normalised(message), want) << message;
}

TEST(Normalise, LeavesRealWordsAlone) {
    for (const std::string_view word : {"shop", "step", "store", "top", "stoop", "quiet", "quite", "stoked", "cancer",
                                        "spot", "atop", "friend", "weekend", "stopwatch", "remote", "alto"}) {
        EXPECT_EQ(normalised(word), word);
    }
}

TEST(Normalise, LeavesOtherAlphabetsAlone) {
    EXPECT_EQ(normalised("стоп"), "стоп");
    EXPECT_EQ(normalised("Спасибо, я голосовал"), "спасибо, я голосовал");
}

TEST(Normalise, DropsWhatAPhoneQuotes) {
    for (const std::string_view reaction :
         {"Liked “Hi! Reply STOP to opt out.”", "Laughed at “He said WHAT?? Stop2Quit”",
          "😮 to \"Prop 9 would end rent control in our city. Stop to end\"", "Le gustó “Responde ALTO para salir”",
          "Removed a heart from “Text STOP to quit”", "Reacted 👍 to “STOP2END”"}) {
        EXPECT_EQ(normalised(reaction), "") << reaction;
    }
}

TEST(Normalise, TwiceChangesNothing) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 20'000; ++i) {
        const std::string message = random_message(random);
        const std::string once = normalised(message);
        ASSERT_EQ(normalised(once), once) << testing::PrintToString(message);
    }
}

TEST(Spelling, CountsSlipsSwapsAndDrops) {
    EXPECT_EQ(edit_distance("stop", "stop"), 0U);
    EXPECT_EQ(edit_distance("stpo", "stop"), 1U);
    EXPECT_EQ(edit_distance("stp", "stop"), 1U);
    EXPECT_EQ(edit_distance("stoop", "stop"), 1U);
    EXPECT_EQ(edit_distance("dtop", "stop"), 1U);
    EXPECT_EQ(edit_distance("unsuscrbe", "unsubscribe"), 2U);
    EXPECT_EQ(edit_distance("completely", "different"), 3U);
}

TEST(Spelling, MistrustsShortWordsInLongMessages) {
    EXPECT_EQ(corrected("stpo", Context::short_message), "stop");
    EXPECT_EQ(corrected("stpo", Context::sentence), "");
    EXPECT_EQ(corrected("unsubscirbe", Context::sentence), "unsubscribe");
    EXPECT_EQ(corrected("xyzzy", Context::short_message), "");
}

}  // namespace
}  // namespace whistlestop::optout::classify
