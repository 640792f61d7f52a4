#include "services/inbox/thread/command.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "common/base/hash.hpp"

namespace whistlestop::thread {
namespace {

v1::InboxCommand answer() {
    v1::InboxCommand command;
    command.set_id("c1");
    command.set_organisation("greens");
    command.set_campaign("spring");
    command.set_contact("+13035550199");
    command.mutable_answer()->set_text("Thank you");
    command.mutable_answer()->set_by("volunteer 7");
    return command;
}

// A thread with one text out and one in, at version 5.
Thread usual() {
    Thread thread;
    thread.set_organisation("greens");
    thread.set_campaign("spring");
    thread.set_contact("+13035550199");
    thread.set_version(5);
    Text text;
    text.set_id("main/1");
    text.set_inbound(true);
    text.set_at_ms(100);
    text.set_sender("+13035550100");
    place(thread, text);
    return thread;
}

struct Row {
    std::string field;  // empty: it is done
    std::function<void(v1::InboxCommand&, Thread&)> change;
};

const Row rows[] = {
    {"", [](auto&, auto&) {}},
    {"campaign", [](auto& c, auto&) { c.set_organisation("blues"); }},
    {"answer.text", [](auto& c, auto&) { c.mutable_answer()->set_text(""); }},
    {"answer.text", [](auto& c, auto&) { c.mutable_answer()->set_text(" \n\t"); }},
    {"answer.text", [](auto& c, auto&) { c.mutable_answer()->set_text(std::string(1601, 'x')); }},
    {"", [](auto& c, auto&) { c.mutable_answer()->set_text(std::string(1600, 'x')); }},
    {"contact", [](auto&, auto& t) { t.set_opted_out(true); }},
    {"contact", [](auto&, auto& t) { t.set_held(true); }},
    {"answer.thread_version", [](auto& c, auto&) { c.mutable_answer()->set_thread_version(4); }},
    {"answer.thread_version", [](auto& c, auto&) { c.mutable_answer()->set_thread_version(6); }},
    {"", [](auto& c, auto&) { c.mutable_answer()->set_thread_version(5); }},
    {"no_reply_needed.thread_version", [](auto& c, auto&) { c.mutable_no_reply_needed()->set_thread_version(4); }},
    {"no_reply_needed.thread_version", [](auto& c, auto&) { c.mutable_no_reply_needed()->set_thread_version(6); }},
    {"", [](auto& c, auto&) { c.mutable_no_reply_needed()->set_thread_version(5); }},
    {"by", [](auto& c, auto&) { c.mutable_answer()->set_by(std::string(201, 'x')); }},
    {"by", [](auto& c, auto&) { c.mutable_no_reply_needed()->set_by(std::string(201, 'x')); }},
    {"by", [](auto& c, auto&) { c.mutable_opt_out()->set_by(std::string(201, 'x')); }},
    {"command", [](auto& c, auto&) { c.clear_command(); }},
    {"",
     [](auto& c, auto& t) {
         c.mutable_opt_out()->set_by("a");
         t.set_opted_out(true);
     }},
    {"",
     [](auto& c, auto& t) {
         c.mutable_no_reply_needed()->set_by("a");
         t.set_opted_out(true);
     }},
};

TEST(Command, IsDoneOrRefusedByFieldAndReason) {
    for (const Row& row : rows) {
        v1::InboxCommand command = answer();
        Thread thread = usual();
        row.change(command, thread);
        const auto refusal = refuse(&thread, command);
        EXPECT_EQ(refusal ? refusal->field : "", row.field) << command.ShortDebugString();
        EXPECT_TRUE(!refusal || !refusal->reason.empty());
    }
    EXPECT_EQ(refuse(nullptr, answer()), (Refusal{"campaign", "no such thread"}));
}

TEST(Command, AForeignThreadIsRefusedLikeNone) {
    Thread foreign = usual();
    foreign.set_organisation("blues");
    EXPECT_EQ(refuse(&foreign, answer()), refuse(nullptr, answer()));
}

TEST(Command, NamesMustBeNames) {
    v1::InboxCommand command = answer();
    EXPECT_TRUE(check_names(command));
    command.set_organisation("");
    EXPECT_TRUE(check_names(command).error().detail.starts_with("organisation:"));
    command = answer();
    command.set_campaign("a/b");
    EXPECT_TRUE(check_names(command).error().detail.starts_with("campaign:"));
}

TEST(Command, AnAnswerAnswersWhatHasArrivedAndHasTheIdOfItsText) {
    const Answer made = answer_of(usual(), answer(), 777);
    EXPECT_EQ(made.request_id, "answer/c1");
    EXPECT_EQ(made.text.id(), bytes_of(digest({"greens", "+13035550199", "answer/c1"})));
    EXPECT_EQ(made.text.arrival(), 1U);
    EXPECT_EQ(made.text.sender(), "+13035550100");
    EXPECT_EQ(made.text.at_ms(), 777);
    EXPECT_EQ(made.text.state(), v1::REQUEST_STATE_OPEN);
}

}  // namespace
}  // namespace whistlestop::thread
