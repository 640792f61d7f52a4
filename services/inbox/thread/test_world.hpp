#pragma once
// What the tests of the stage share: a driver, and the words to tell it what happened.

#include <gtest/gtest.h>

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/inbox.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <map>
#include <string>
#include <vector>

#include "common/base/hash.hpp"
#include "common/testing/stage_driver.hpp"
#include "common/wire/envelope.hpp"
#include "services/inbox/thread/stage.hpp"

namespace whistlestop::thread {

inline constexpr auto contact = "+13035550199";
inline constexpr auto number = "+13035550100";

// A record that waits to be written.
struct Told {
    Topic topic;
    std::string value;
    std::string headers = {};
};

using Event = v1::OutboundEvent;

inline std::string text_id_of(const std::string& request_id) {
    return hex(bytes_of(digest({"greens", contact, request_id})));
}

inline Event event_of(const std::string& request_id, Event::Kind kind, std::int64_t at_ms) {
    Event event;
    event.set_kind(kind);
    event.set_text_id(text_id_of(request_id));
    event.set_request_id(request_id);
    event.set_organisation("greens");
    event.set_campaign("spring");
    event.set_contact(contact);
    event.set_sender(number);
    event.set_class_(v1::TEXT_CLASS_FIRST);
    event.set_at_ms(at_ms);
    event.set_state(v1::REQUEST_STATE_OPEN);
    if (kind == Event::KIND_ACCEPTED) event.set_text("Hello " + request_id);
    return event;
}

inline Event in_campaign(Event event, const std::string& campaign) {
    event.set_campaign(campaign);
    return event;
}

inline Event in_state(Event event, v1::RequestState state) {
    event.set_state(state);
    return event;
}

inline Event with_delivery(Event event, v1::DeliveryState delivery) {
    event.set_state(v1::REQUEST_STATE_SENT);
    event.set_delivery(delivery);
    return event;
}

inline Told told(const Event& event) { return {Topic::outbound_events, event.SerializeAsString()}; }

inline Told reply(const std::string& id, std::int64_t received_ms, const std::string& owner = "greens") {
    v1::InboundClassified classified;
    v1::InboundText& text = *classified.mutable_text();
    text.set_account("main");
    text.set_provider_id(id);
    text.set_contact(contact);
    text.set_sender(number);
    text.set_body("reply " + id);
    text.set_received_ms(received_ms);
    if (!owner.empty()) classified.add_organisations(owner);
    return {Topic::inbound_classified, classified.SerializeAsString()};
}

inline Told standing(const std::string& organisation, std::vector<v1::ConsentEntry::Kind> kinds) {
    v1::ConsentRecord record;
    record.mutable_standing()->set_organisation(organisation);
    record.mutable_standing()->set_contact(contact);
    for (const auto kind : kinds) record.mutable_standing()->add_entries()->set_kind(kind);
    return {Topic::consent, record.SerializeAsString()};
}

inline v1::InboxCommand command_of(const std::string& campaign = "spring") {
    v1::InboxCommand command;
    command.set_organisation("greens");
    command.set_campaign(campaign);
    command.set_contact(contact);
    return command;
}

inline v1::InboxCommand answer(std::uint64_t thread_version = 0) {
    v1::InboxCommand command = command_of();
    command.mutable_answer()->set_text("Thank you");
    command.mutable_answer()->set_by("volunteer 7");
    command.mutable_answer()->set_thread_version(thread_version);
    return command;
}

inline Told asked(const std::string& id, const v1::InboxCommand& command) {
    const Headers headers = envelope_headers(id, "inbox.command", ManualClock{}.wall(), "");
    return {Topic::inbox_commands, command.SerializeAsString(), std::string{headers.encoded()}};
}

class World {
public:
    explicit World(WorkerOptions options = {}) : driver{[] { return Stages{{}, {thread_stage()}, {}}; }, options} {}

    StageDriver driver;

    void write(const Told& what) { driver.write({what.topic, contact, contact, what.value, what.headers}); }
    void tell(const Told& what) {
        write(what);
        driver.settle();
    }
    void tell(const Event& event) { tell(told(event)); }

    // A text that the carrier took.
    void sent(const std::string& request_id, std::int64_t at_ms, const std::string& campaign = "spring") {
        tell(in_campaign(event_of(request_id, Event::KIND_ACCEPTED, at_ms), campaign));
        tell(in_campaign(in_state(event_of(request_id, Event::KIND_ENDED, at_ms), v1::REQUEST_STATE_SENT), campaign));
    }

    template <class Message>
    std::vector<Message> all(Topic topic) {
        std::vector<Message> messages;
        for (const Seen& seen : driver.seen(topic)) EXPECT_TRUE(messages.emplace_back().ParseFromString(seen.value));
        return messages;
    }
    // The newest summary of each thread, by its key.
    std::map<std::string, v1::ThreadSummary> threads() {
        std::map<std::string, v1::ThreadSummary> threads;
        for (const Seen& seen : driver.seen(Topic::inbox_threads))
            EXPECT_TRUE(threads[seen.key].ParseFromString(seen.value));
        return threads;
    }
    v1::ThreadSummary thread(const std::string& campaign = "spring") { return threads()[campaign + "/" + contact]; }
    // "c1 accepted" or "c1 field".
    std::vector<std::string> answers() {
        std::vector<std::string> answers;
        for (const auto& event : all<v1::InboxEvent>(Topic::inbox_events))
            answers.push_back(event.command_id() + " " + (event.accepted() ? "accepted" : event.field()));
        return answers;
    }
};

}  // namespace whistlestop::thread
