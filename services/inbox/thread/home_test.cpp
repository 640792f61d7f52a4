#include "services/inbox/thread/home.hpp"

#include <gtest/gtest.h>

namespace whistlestop::thread {
namespace {

constexpr auto number = "+13035550100";

struct Sent {
    std::size_t thread;
    std::int64_t at_ms;
    std::int64_t sent_ms;  // 0: not, or not known
    v1::RequestState state = v1::REQUEST_STATE_SENT;
    v1::TextClass text_class = v1::TEXT_CLASS_FIRST;
    const char* sender = number;
};

struct Row {
    const char* name;
    std::vector<Sent> texts;
    std::int64_t received_ms;
    int home;
};

constexpr auto open = v1::REQUEST_STATE_OPEN;
constexpr auto expired = v1::REQUEST_STATE_EXPIRED;

const Row rows[] = {
    {"nothing was ever sent", {}, 100, -1},
    {"the text before it", {{0, 10, 20}}, 100, 0},
    {"the newest before it", {{0, 10, 20}, {1, 30, 40}}, 100, 1},
    {"not the one sent after it", {{0, 10, 20}, {1, 30, 140}}, 100, 0},
    {"sent order counts, not asked order", {{0, 10, 50}, {1, 20, 40}}, 100, 0},
    {"at the same moment still before", {{0, 10, 20}, {1, 30, 100}}, 100, 1},
    {"another sender's text says nothing", {{0, 10, 20}, {1, 30, 40, open, v1::TEXT_CLASS_FIRST, "other"}}, 100, 0},
    {"an automatic text is no home", {{0, 10, 20}, {1, 30, 40, open, v1::TEXT_CLASS_CONFIRMATION}}, 100, 0},
    {"an answer is one", {{0, 10, 20}, {1, 30, 40, v1::REQUEST_STATE_SENT, v1::TEXT_CLASS_REPLY}}, 100, 1},
    {"what may be on its way, where nothing was sent", {{0, 10, 0, open}}, 100, 0},
    {"told late that it was sent", {{0, 10, 130}}, 100, 0},
    {"unknown may have been sent", {{0, 10, 0, v1::REQUEST_STATE_UNKNOWN}}, 100, 0},
    {"not what may be on its way, where something was sent", {{0, 10, 20}, {1, 30, 0, open}}, 100, 0},
    {"not what was asked for later", {{0, 110, 0, open}}, 100, -1},
    {"not what was never sent", {{0, 10, 0, expired}}, 100, -1},
    {"not what was cancelled", {{0, 10, 0, v1::REQUEST_STATE_CANCELLED}}, 100, -1},
};

TEST(Home, IsTheNewestTextOfThatSenderSentNotAfterTheReply) {
    for (const Row& row : rows) {
        Thread first;
        Thread second;
        Thread* threads[] = {&first, &second};
        int id = 0;
        for (const Sent& sent : row.texts) {
            Text text;
            text.set_id(std::to_string(id++));
            text.set_at_ms(sent.at_ms);
            text.set_sent_ms(sent.sent_ms);
            text.set_state(sent.state);
            text.set_class_(sent.text_class);
            text.set_sender(sent.sender);
            place(*threads[sent.thread], text);
        }
        EXPECT_EQ(home_of(threads, number, row.received_ms), row.home) << row.name;
    }
}

Text sent_text(const char* id, std::int64_t at_ms, std::int64_t sent_ms, const char* sender = number) {
    Text text;
    text.set_id(id);
    text.set_at_ms(at_ms);
    text.set_sent_ms(sent_ms);
    text.set_class_(v1::TEXT_CLASS_FIRST);
    text.set_state(sent_ms == 0 ? open : v1::REQUEST_STATE_SENT);
    text.set_sender(sender);
    return text;
}

int home_at(Thread& first, Thread& second, std::int64_t at_ms) {
    Thread* threads[] = {&first, &second};
    return home_of(threads, number, at_ms);
}

TEST(Home, OutlivesTheArchive) {
    Thread thread;
    Thread none;
    place(thread, sent_text("1", 10, 20));
    for (int i = 0; i < 100; ++i) {
        Text said = sent_text(std::to_string(1000 + i).c_str(), 100 + i, 0);
        said.set_inbound(true);
        place(thread, said);
        static_cast<void>(take_old(thread));
    }
    ASSERT_TRUE(names_no_campaign(thread.texts(0)));
    EXPECT_EQ(home_at(none, thread, 300), 1);
}

TEST(Home, OfArchivedTextsTheNewestIsRemembered) {
    Thread first;
    Thread second;
    remember_archived(first, sent_text("1", 10, 40));
    remember_archived(first, sent_text("2", 20, 30));
    remember_archived(first, sent_text("3", 25, 0));
    remember_archived(first, sent_text("4", 50, 60, "other"));
    place(second, sent_text("5", 30, 35));
    EXPECT_EQ(home_at(first, second, 100), 0);
    EXPECT_EQ(home_at(first, second, 37), 1);
    remember_archived(second, sent_text("6", 35, 45));
    EXPECT_EQ(home_at(first, second, 100), 1);
    remember_archived(first, sent_text("1", 10, 50));
    EXPECT_EQ(home_at(first, second, 100), 0) << "known anew";
    remember_archived(first, sent_text("1", 10, 25));
    EXPECT_EQ(home_at(first, second, 100), 1) << "it was sent earlier than it seemed";
    EXPECT_EQ(first.archived_homes_size(), 2) << "one for each sender";
}

TEST(Home, WhatWasNeverSentAndWhatNamesNoCampaignAreNotRemembered) {
    Thread thread;
    Text never = sent_text("1", 10, 0);
    never.set_state(expired);
    remember_archived(thread, never);
    Text confirmation = sent_text("2", 20, 30);
    confirmation.set_class_(v1::TEXT_CLASS_CONFIRMATION);
    remember_archived(thread, confirmation);
    EXPECT_EQ(thread.archived_homes_size(), 0);
}

TEST(Home, OfWhatIsOlderThanTheArchivedIsThereUnlessAnotherIsKnown) {
    Thread first;
    Thread second;
    Thread* threads[] = {&first, &second};
    remember_archived(first, sent_text("1", 10, 40));
    EXPECT_EQ(home_at(first, second, 5), 0);
    EXPECT_TRUE(is_before_archived(threads, number, 5));
    EXPECT_TRUE(is_before_archived(threads, number, 39));
    EXPECT_FALSE(is_before_archived(threads, number, 40));
    EXPECT_FALSE(is_before_archived(threads, "other", 5));
    place(second, sent_text("2", 1, 2));
    EXPECT_EQ(home_at(first, second, 5), 1);
}

TEST(Home, OfWhatAnswersNothingIsACatchAll) {
    EXPECT_EQ(catch_all_of("greens"), "@catchall.greens");
    EXPECT_EQ(catch_all_of(""), "@unowned");
    EXPECT_TRUE(is_thread_name("spring"));
    EXPECT_TRUE(is_thread_name(catch_all_of(std::string(64, 'a'))));
    EXPECT_TRUE(is_thread_name(catch_all_of("")));
    EXPECT_FALSE(is_thread_name("a/b"));
    EXPECT_FALSE(is_thread_name(""));
    EXPECT_FALSE(is_thread_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace whistlestop::thread
