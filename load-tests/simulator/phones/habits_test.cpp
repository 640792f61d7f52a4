#include "load-tests/simulator/phones/habits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "load-tests/simulator/phones/wording.hpp"

namespace simulator::phones {
namespace {

constexpr std::array<std::string_view, 9> words_of_stop{"stop",    "stopall", "quit",   "end",        "revoke",
                                                        "opt out", "optout",  "cancel", "unsubscribe"};

std::string letters_of(std::string_view text) {
    std::string bare;
    for (const char byte : text) {
        const auto letter = static_cast<unsigned char>(byte);
        if (std::isalpha(letter) != 0 || byte == ' ') bare += static_cast<char>(std::tolower(letter));
    }
    const std::size_t begin = std::min(bare.find_first_not_of(' '), bare.size());
    return bare.substr(begin, bare.find_last_not_of(' ') - begin + 1);
}

Habits usual() {
    Habits habits;
    habits.answer_permille = 300;
    habits.stop_permille = 100;
    habits.late_permille = 100;
    habits.twice_permille = 200;
    habits.start_permille = 200;
    return habits;
}

std::string phone(int number) { return "+1555" + std::to_string(1'000'000 + number); }

std::vector<Utterance> of(int person, const Habits& habits, unsigned texts_before = 0, bool stopped = false) {
    const std::string number = phone(person);
    return reaction(habits, {7, number, "+100", texts_before, stopped}, "Hi, will you vote?");
}

TEST(Wording, EveryStopWordIsAnExactOneAndNoSentenceOrAnswerIs) {
    for (const std::string_view said : stop_words) {
        EXPECT_NE(std::ranges::find(words_of_stop, letters_of(said)), words_of_stop.end()) << said;
    }
    const auto is_word = [](std::string_view said) {
        return std::ranges::find(words_of_stop, letters_of(said)) != words_of_stop.end();
    };
    EXPECT_TRUE(std::ranges::none_of(stop_sentences, is_word));
    EXPECT_TRUE(std::ranges::none_of(answers, is_word));
}

TEST(Reaction, AsManyPeopleAnswerAndStopAsTheHabitsSay) {
    int stopping = 0;
    int answering = 0;
    std::set<std::string_view> spellings;
    for (int person = 0; person < 10'000; ++person) {
        const auto said = of(person, usual());
        if (said.empty()) continue;
        (said.front().what == "stop" ? stopping : answering) += 1;
        if (said.front().what == "stop") spellings.insert(said.front().body);
    }
    EXPECT_NEAR(stopping, 1000, 100);
    EXPECT_NEAR(answering, 3000, 150);
    EXPECT_EQ(spellings.size(), stop_words.size());
}

TEST(Reaction, SomeSayStopInASentenceOfTheirOwn) {
    Habits habits = usual();
    habits.in_words_permille = 400;
    int stopping = 0;
    std::set<std::string_view> sentences;
    int in_words = 0;
    for (int person = 0; person < 10'000; ++person) {
        const auto said = of(person, habits);
        if (said.empty() || said.front().what != "stop") continue;
        ++stopping;
        if (std::ranges::find(stop_sentences, said.front().body) == stop_sentences.end()) continue;
        ++in_words;
        sentences.insert(said.front().body);
    }
    EXPECT_NEAR(in_words, stopping * 4 / 10, stopping / 20);
    EXPECT_EQ(sentences.size(), stop_sentences.size());
}

TEST(Reaction, EveryKindOfSayingOccursAndComesInOrder) {
    std::set<std::string_view> kinds;
    for (int person = 0; person < 10'000; ++person) {
        milliseconds last{0};
        for (const Utterance& said : of(person, usual())) {
            kinds.insert(said.what);
            EXPECT_GE(said.delay, last);
            last = said.delay;
        }
    }
    EXPECT_EQ(kinds, (std::set<std::string_view>{"answer", "late", "twice", "stop", "start"}));
}

TEST(Reaction, IsTheSameEveryTimeAndAnotherForAnotherSender) {
    int differing = 0;
    for (int person = 0; person < 1000; ++person) {
        const auto once = of(person, usual());
        const auto again = of(person, usual());
        ASSERT_EQ(once.size(), again.size());
        if (!once.empty()) {
            ASSERT_EQ(once.front().body, again.front().body);
        }
        const std::string number = phone(person);
        const auto elsewhere = reaction(usual(), {7, number, "+200", 0, false}, "Hi");
        differing += once.empty() != elsewhere.empty() ? 1 : 0;
    }
    EXPECT_GT(differing, 200);
}

TEST(Reaction, EndsWithStopWithTheLimitAndWithAMarkedText) {
    Habits all = usual();
    all.answer_permille = 1000;
    all.stop_permille = 0;
    all.ignored = {"no more texts"};
    EXPECT_FALSE(of(1, all).empty());
    EXPECT_TRUE(of(1, all, 0, true).empty());
    EXPECT_TRUE(of(1, all, 1).empty());
    all.texts_answered_max = 2;
    EXPECT_FALSE(of(1, all, 1).empty());
    EXPECT_TRUE(reaction(all, {7, "+1", "+100", 0, false}, "You will get no more texts from us.").empty());
}

}  // namespace
}  // namespace simulator::phones
