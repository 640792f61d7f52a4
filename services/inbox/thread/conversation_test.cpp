#include "services/inbox/thread/conversation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace whistlestop::thread {
namespace {

using Event = v1::OutboundEvent;

Event event(Event::Kind kind, std::int64_t at_ms, v1::RequestState state = v1::REQUEST_STATE_OPEN,
            v1::DeliveryState delivery = v1::DELIVERY_STATE_UNSPECIFIED) {
    Event event;
    event.set_kind(kind);
    event.set_at_ms(at_ms);
    event.set_state(state);
    event.set_delivery(delivery);
    event.set_sender("+13035550100");
    event.set_class_(v1::TEXT_CLASS_FIRST);
    event.set_started_by("volunteer 7");
    if (kind == Event::KIND_ACCEPTED) event.set_text("Hello");
    return event;
}

using Story = std::vector<Event>;
const Event accepted = event(Event::KIND_ACCEPTED, 10);
const Event delivered = event(Event::KIND_DELIVERY, 40, v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_DELIVERED);
const Event undelivered = event(Event::KIND_DELIVERY, 30, v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_UNDELIVERED);

Event started(Event event, std::int64_t sent_ms) {
    event.set_sent_ms(sent_ms);
    return event;
}

struct Row {
    const char* name;
    Story story;
    v1::RequestState state;
    v1::DeliveryState delivery;
    std::int64_t sent_ms;
};

const Row rows[] = {
    {"sent and delivered",
     {accepted, event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_SENT), undelivered, delivered},
     v1::REQUEST_STATE_SENT,
     v1::DELIVERY_STATE_DELIVERED,
     20},
    {"a report told first, and the call's answer knew when it started",
     {accepted, event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_SENT), started(delivered, 15)},
     v1::REQUEST_STATE_SENT,
     v1::DELIVERY_STATE_DELIVERED,
     15},
    {"unknown, corrected to sent",
     {accepted, event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_UNKNOWN),
      event(Event::KIND_CORRECTED, 50, v1::REQUEST_STATE_SENT, v1::DELIVERY_STATE_DELIVERED), delivered},
     v1::REQUEST_STATE_SENT,
     v1::DELIVERY_STATE_DELIVERED,
     50},
    {"unknown, corrected to not sent",
     {accepted, event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_UNKNOWN),
      event(Event::KIND_CORRECTED, 50, v1::REQUEST_STATE_REJECTED)},
     v1::REQUEST_STATE_REJECTED,
     v1::DELIVERY_STATE_UNSPECIFIED,
     0},
    {"suppressed",
     {accepted, event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_SUPPRESSED)},
     v1::REQUEST_STATE_SUPPRESSED,
     v1::DELIVERY_STATE_UNSPECIFIED,
     0},
    {"a cancel that came too late",
     {accepted, event(Event::KIND_CANCEL_REFUSED, 15), event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_SENT)},
     v1::REQUEST_STATE_SENT,
     v1::DELIVERY_STATE_UNSPECIFIED,
     20},
};

TEST(TextLaws, EventsInAnyOrderAndTwiceLeaveTheSameText) {
    for (const Row& row : rows) {
        std::vector<std::size_t> order(row.story.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        do {
            Text text;
            for (const std::size_t i : order) static_cast<void>(apply(text, row.story[i]));
            for (const std::size_t i : order) EXPECT_FALSE(apply(text, row.story[i]).visible) << row.name;
            EXPECT_EQ(text.state(), row.state) << row.name;
            EXPECT_EQ(text.delivery(), row.delivery) << row.name;
            EXPECT_EQ(text.sent_ms(), row.sent_ms) << row.name;
            EXPECT_EQ(text.at_ms(), 10) << row.name;
            EXPECT_EQ(text.text(), "Hello") << row.name;
            EXPECT_EQ(text.started_by(), "volunteer 7") << row.name;
        } while (std::ranges::next_permutation(order).found);
    }
}

TEST(Text, ItsReasonIsThatOfItsLastEnd) {
    Text text;
    Event unknown = event(Event::KIND_ENDED, 20, v1::REQUEST_STATE_UNKNOWN);
    unknown.set_reason("no answer");
    static_cast<void>(apply(text, unknown));
    EXPECT_EQ(text.reason(), "no answer");
    static_cast<void>(apply(text, event(Event::KIND_CORRECTED, 30, v1::REQUEST_STATE_SENT)));
    EXPECT_EQ(text.reason(), "");
}

TEST(Text, RefusedBeforeItWasAcceptedWasNeverThere) {
    EXPECT_TRUE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_REJECTED)));
    EXPECT_TRUE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_SUPPRESSED)));
    EXPECT_TRUE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_EXPIRED)));
    EXPECT_TRUE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_CANCELLED)));
    EXPECT_FALSE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_SENT)));
    EXPECT_FALSE(was_never_there(event(Event::KIND_ENDED, 1, v1::REQUEST_STATE_UNKNOWN)));
    EXPECT_FALSE(was_never_there(accepted));
    EXPECT_FALSE(was_never_there(delivered));
}

Text text_at(const std::string& id, std::int64_t at_ms, bool inbound = false) {
    Text text;
    text.set_id(id);
    text.set_at_ms(at_ms);
    text.set_inbound(inbound);
    text.set_sender("s" + id);
    text.set_text("text " + id);
    return text;
}

std::vector<std::string> ids(const Thread& thread) {
    std::vector<std::string> ids;
    for (const Text& text : thread.texts()) ids.push_back(text.id());
    return ids;
}

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Conversation, StandsInTheOrderOfItsTimes) {
    Thread thread;
    place(thread, text_at("b", 20));
    place(thread, text_at("d", 40));
    place(thread, text_at("a", 10));
    EXPECT_EQ(place(thread, text_at("c", 30)).id(), "c");
    EXPECT_THAT(ids(thread), ElementsAre("a", "b", "c", "d"));
    find(thread, "d")->set_at_ms(15);
    reorder(thread, "d");
    EXPECT_THAT(ids(thread), ElementsAre("a", "d", "b", "c"));
    EXPECT_EQ(sender_of(thread), "sc");
    EXPECT_EQ(find(thread, "e"), nullptr);
}

TEST(Conversation, ATextTakenOutLeavesNoTrace) {
    Thread thread;
    place(thread, text_at("out", 10));
    place(thread, text_at("in", 20, true));
    const Text taken = take(thread, "in");
    EXPECT_EQ(taken.text(), "text in");
    EXPECT_THAT(ids(thread), ElementsAre("out"));
    EXPECT_EQ(thread.texts_in(), 0U);
    EXPECT_EQ(thread.texts_out(), 1U);
    EXPECT_EQ(newest_arrival(thread), 0U);
    EXPECT_EQ(place(thread, taken).arrival(), 2U) << "it arrives anew";
}

TEST(Conversation, KeepsItsNewestTexts) {
    Thread thread;
    std::vector<std::string> archived;
    for (int i = 0; i < 159; ++i) {
        place(thread, text_at(std::to_string(1000 + i), i));
        const auto old = take_old(thread);
        EXPECT_TRUE(old.empty() || old.size() == archive_chunk);
        for (const Text& text : old) archived.push_back(text.id());
        EXPECT_LT(thread.texts_size(), texts_kept + archive_chunk);
    }
    EXPECT_THAT(thread.texts(), SizeIs(59));
    EXPECT_THAT(archived, SizeIs(100));
    EXPECT_EQ(archived.front(), "1000");
    EXPECT_EQ(archived.back(), "1099");
    EXPECT_EQ(ids(thread).front(), "1100");
    EXPECT_EQ(thread.texts_out(), 159U);
}

TEST(Summary, SaysHowTheThreadStands) {
    Thread thread;
    thread.set_organisation("greens");
    thread.set_campaign("spring");
    thread.set_contact("+13035550199");
    thread.set_version(7);
    Text out = text_at("out", 10);
    out.set_state(v1::REQUEST_STATE_SENT);
    out.set_delivery(v1::DELIVERY_STATE_DELIVERED);
    place(thread, out);
    place(thread, text_at("in", 20, true));
    v1::ThreadSummary summary;
    summarise(thread, summary);
    EXPECT_EQ(summary.organisation(), "greens");
    EXPECT_EQ(summary.campaign(), "spring");
    EXPECT_EQ(summary.contact(), "+13035550199");
    EXPECT_EQ(summary.version(), 7U);
    EXPECT_EQ(summary.sender(), "sin");
    EXPECT_TRUE(summary.needs_attention());
    EXPECT_FALSE(summary.opted_out());
    EXPECT_EQ(summary.texts_in(), 1U);
    EXPECT_EQ(summary.texts_out(), 1U);
    EXPECT_EQ(summary.newest_text(), "text in");
    EXPECT_TRUE(summary.newest_is_inbound());
    EXPECT_EQ(summary.newest_at_ms(), 20);
    EXPECT_EQ(summary.newest_out_state(), v1::REQUEST_STATE_SENT);
    EXPECT_EQ(summary.newest_out_delivery(), v1::DELIVERY_STATE_DELIVERED);
    summarise(Thread{}, summary);
    EXPECT_THAT(summary.SerializeAsString(), IsEmpty());
}

}  // namespace
}  // namespace whistlestop::thread
