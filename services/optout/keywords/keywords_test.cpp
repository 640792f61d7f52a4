#include "services/optout/keywords/keywords.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <string>
#include <vector>

namespace whistlestop::optout {
namespace {

struct Row {
    std::string text, word;
};

TEST(Keywords, AreHeardInEverySpelling) {
    const Row rows[] = {
        {"STOP", "stop"},
        {"stop", "stop"},
        {"StOp", "stop"},
        {"  stop\r\n", "stop"},
        {"STOP!!", "stop"},
        {"stop.", "stop"},
        {"\"Stop\"", "stop"},
        {"“Stop”", "stop"},
        {"¡Stop!", "stop"},
        {"'stop'", "stop"},
        {"...stop...", "stop"},
        {"- stop -", "stop"},
        {"/stop", "stop"},
        {"(stop)", "stop"},
        {"stop…", "stop"},
        {"stop！", "stop"},
        {"\u00a0stop\u00a0", "stop"},  // no-break spaces
        {"\ufeffstop", "stop"},        // byte order mark
        {"stop\u200b", "stop"},        // zero width space
        {"st\u200dop", "stop"},        // and within
        {"\u202astop\u202c", "stop"},  // direction marks
        {"stop\u3000", "stop"},        // ideographic space
        {std::string("stop\0", 5), "stop"},
        {"STOPALL", "stopall"},
        {"Stop All", "stop all"},
        {"stop\u00a0 \n all", "stop all"},
        {"QUIT", "quit"},
        {"End.", "end"},
        {"revoke", "revoke"},
        {"OPT OUT", "opt out"},
        {"opt\tout!", "opt out"},
        {"OptOut", "optout"},
        {"opt-out", "opt-out"},
        {"Opt\u2011Out.", "opt-out"},  // no-break hyphen
        {"cancel", "cancel"},
        {"UNSUBSCRIBE", "unsubscribe"},
        {" unsubscribe ! ", "unsubscribe"},
    };
    for (const Row& row : rows) EXPECT_EQ(match_keyword(row.text), (Match{Keyword::stop, row.word})) << row.text;
    EXPECT_EQ(match_keyword("Start"), (Match{Keyword::start, "start"}));
    EXPECT_EQ(match_keyword("UNSTOP."), (Match{Keyword::start, "unstop"}));
    EXPECT_EQ(match_keyword("help?"), (Match{Keyword::help, "help"}));
    EXPECT_EQ(match_keyword("INFO"), (Match{Keyword::help, "info"}));
}

TEST(Keywords, NothingElseIsOne) {
    for (const char* text : {"",
                             " ",
                             "!!",
                             "stop it",
                             "please stop",
                             "stopp",
                             "sto",
                             "s top",
                             "st-op",
                             "stop all all",
                             "stop-all",
                             "stop, all",
                             "don't stop",
                             "nonstop",
                             "stop now",
                             "stop2",
                             "2stop",
                             "opt",
                             "out",
                             "opt.out",
                             "opt - out",
                             "opt--out",
                             "opt_out",
                             "outopt",
                             "op tout",
                             "the end",
                             "when does early voting end?",
                             "yes",
                             "YES",
                             "no",
                             "unsubscribed",
                             "unsubscribe me",
                             "cancellation",
                             "ending",
                             "started",
                             "helpful",
                             "stop stop",
                             "stop\nstop",
                             "stop 🛑",
                             "🛑",
                             "ѕtop",
                             "\u0173top",
                             "ＳＴＯＰ",
                             "stöp",
                             "stop\xff",
                             "\xff",
                             "arret",
                             "alto"})
        EXPECT_EQ(match_keyword(text), Match{}) << text;
}

TEST(Keywords, TheTableHoldsEachWordOnceAndEachHasASource) {
    std::vector<std::string_view> words;
    for (const KeywordRow& row : keyword_table()) {
        EXPECT_EQ(match_keyword(row.word), (Match{row.keyword, row.word}));
        EXPECT_NE(row.keyword, Keyword::none);
        EXPECT_FALSE(row.source.empty());
        words.push_back(row.word);
    }
    std::ranges::sort(words);
    EXPECT_EQ(std::ranges::adjacent_find(words), words.end());
    for (const char* word : {"stop", "stopall", "quit", "end", "revoke", "opt out", "optout", "cancel", "unsubscribe"})
        EXPECT_EQ(match_keyword(word).keyword, Keyword::stop) << word;
}

class Dice {
public:
    std::size_t below(std::size_t n) { return random_() % n; }
    const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }
    std::string some(const std::vector<std::string>& from) {
        std::string out;
        for (std::size_t left = below(5); left > 0; --left) out += pick(from);
        return out;
    }

private:
    std::mt19937_64 random_{20261127};
};

const std::vector<std::string> blanks{" ", "\n", "\r\n", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", "\u2028"};
const std::vector<std::string> around{" ", "\n", "\u00a0", "\u200b", "\ufeff", "\u2060", "\ufe0f", "!", ".",
                                      "?", ",",  "\"",     "'",      "“",      "”",      "’",      "«", "…",
                                      "—", "¡",  "¿",      "(",      ")",      "*",      "。",     "！"};

std::string dressed(std::string_view word, Dice& dice) {
    std::string out = dice.some(around);
    for (const char c : word) {
        if (c == ' ')
            out += dice.pick(blanks) + dice.some(blanks);
        else
            out += dice.below(2) == 0 ? static_cast<char>(std::toupper(c)) : c;
    }
    return out + dice.some(around);
}

TEST(KeywordLaws, CaseBlanksAndPunctuationAroundNeverLoseAKeyword) {
    Dice dice;
    for (int i = 0; i < 2'000; ++i)
        for (const KeywordRow& row : keyword_table()) {
            const std::string text = dressed(row.word, dice);
            ASSERT_EQ(match_keyword(text), (Match{row.keyword, row.word})) << text;
        }
}

TEST(KeywordLaws, AKeywordInsideASentenceNeverMatches) {
    Dice dice;
    const std::vector<std::string> others{"when", "does", "it", "I", "the", "please", "me", "2", "é", "👍", "no"};
    for (int i = 0; i < 2'000; ++i)
        for (const KeywordRow& row : keyword_table()) {
            const std::string word = dressed(row.word, dice);
            ASSERT_EQ(match_keyword(dice.pick(others) + " " + word), Match{}) << word;
            ASSERT_EQ(match_keyword(word + " " + dice.pick(others)), Match{}) << word;
            ASSERT_EQ(match_keyword(dice.pick(others) + word), Match{}) << word;
        }
}

TEST(KeywordLaws, AnyBytesMayCome) {
    std::mt19937_64 random{1};
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 40, '\0');
        for (char& c : bytes) c = static_cast<char>(random());
        const Match match = match_keyword(bytes);
        ASSERT_EQ(match.keyword == Keyword::none, match.word.empty());
    }
}

}  // namespace
}  // namespace whistlestop::optout
