#include "services/inbox/thread/attention.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace whistlestop::thread {
namespace {

Text in(const std::string& id, std::int64_t at_ms) {
    Text text;
    text.set_id(id);
    text.set_inbound(true);
    text.set_at_ms(at_ms);
    return text;
}

Text out(v1::TextClass text_class, std::int64_t at_ms, std::uint64_t answers) {
    Text text;
    text.set_id("out");
    text.set_at_ms(at_ms);
    text.set_class_(text_class);
    text.set_state(v1::REQUEST_STATE_SENT);
    text.set_arrival(answers);
    return text;
}

Text answer(v1::RequestState state, v1::DeliveryState delivery) {
    Text text = out(v1::TEXT_CLASS_REPLY, 200, 1);
    text.set_state(state);
    text.set_delivery(delivery);
    return text;
}

struct Row {
    const char* name;
    std::function<void(Thread&)> then;  // after one text in, at 100
    bool needs_attention;
};

const Row rows[] = {
    {"a reply asks for it", [](Thread&) {}, true},
    {"opted out", [](Thread& t) { t.set_opted_out(true); }, false},
    {"blocked or held for review", [](Thread& t) { t.set_held(true); }, false},
    {"no reply needed", [](Thread& t) { t.set_handled(1); }, false},
    {"no reply needed, and another reply",
     [](Thread& t) {
         t.set_handled(1);
         place(t, in("2", 300));
     },
     true},
    {"no reply needed, and another reply that says it is older",
     [](Thread& t) {
         t.set_handled(1);
         place(t, in("2", 50));
     },
     true},
    {"answered", [](Thread& t) { place(t, answer(v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_UNSPECIFIED)); }, false},
    {"answered before the reply came", [](Thread& t) { place(t, out(v1::TEXT_CLASS_REPLY, 200, 0)); }, true},
    {"answered, and another reply while the answer was on its way",
     [](Thread& t) {
         place(t, in("2", 150));
         place(t, answer(v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_DELIVERED));
     },
     true},
    {"a scripted text is not handling", [](Thread& t) { place(t, out(v1::TEXT_CLASS_FIRST, 200, 1)); }, true},
    {"a confirmation is not handling", [](Thread& t) { place(t, out(v1::TEXT_CLASS_CONFIRMATION, 200, 1)); }, true},
    {"a help answer is not handling", [](Thread& t) { place(t, out(v1::TEXT_CLASS_HELP, 200, 1)); }, true},
};

TEST(Attention, IsNeededByTheNewestTextInThatNobodyHandled) {
    for (const Row& row : rows) {
        Thread thread;
        place(thread, in("1", 100));
        row.then(thread);
        EXPECT_EQ(needs_attention(thread), row.needs_attention) << row.name;
    }
    EXPECT_FALSE(needs_attention(Thread{}));
}

TEST(Attention, AnAnswerHandlesOnceTheCarrierTookItAndUntilItIsLost) {
    const std::pair<v1::RequestState, bool> ends[] = {
        {v1::REQUEST_STATE_OPEN, false},       {v1::REQUEST_STATE_SENT, true},     {v1::REQUEST_STATE_REJECTED, false},
        {v1::REQUEST_STATE_SUPPRESSED, false}, {v1::REQUEST_STATE_EXPIRED, false}, {v1::REQUEST_STATE_CANCELLED, false},
        {v1::REQUEST_STATE_UNKNOWN, false},
    };
    for (const auto& [state, handles] : ends)
        EXPECT_EQ(is_handling(answer(state, v1::DELIVERY_STATE_UNSPECIFIED)), handles) << state;

    const std::pair<v1::DeliveryState, bool> reports[] = {
        {v1::DELIVERY_STATE_UNSPECIFIED, true},  {v1::DELIVERY_STATE_UNCONFIRMED, true},
        {v1::DELIVERY_STATE_EXPIRED, false},     {v1::DELIVERY_STATE_FAILED, false},
        {v1::DELIVERY_STATE_UNDELIVERED, false}, {v1::DELIVERY_STATE_DELIVERED, true},
        {v1::DELIVERY_STATE_READ, true},
    };
    for (const auto& [delivery, handles] : reports) {
        EXPECT_EQ(is_handling(answer(v1::REQUEST_STATE_SENT, delivery)), handles) << delivery;
        Thread thread;
        place(thread, in("1", 100));
        place(thread, answer(v1::REQUEST_STATE_SENT, delivery));
        EXPECT_EQ(needs_attention(thread), !handles) << delivery;
    }
}

TEST(Attention, OutlivesTheArchive) {
    const auto filled = [](Thread thread) {
        for (int i = 0; i < 100; ++i) {
            Text text = out(v1::TEXT_CLASS_FIRST, 1000 + i, 0);
            text.set_id("first " + std::to_string(i));
            place(thread, text);
            static_cast<void>(take_old(thread));
        }
        return thread;
    };
    Thread unhandled;
    place(unhandled, in("1", 100));
    EXPECT_TRUE(needs_attention(filled(unhandled)));
    Thread handled = unhandled;
    place(handled, answer(v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_DELIVERED));
    EXPECT_FALSE(needs_attention(filled(handled)));
    EXPECT_EQ(filled(handled).texts_in(), 1U);
    EXPECT_EQ(filled(handled).texts_out(), 101U);
}

}  // namespace
}  // namespace whistlestop::thread
