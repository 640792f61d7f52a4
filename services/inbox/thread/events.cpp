#include "services/inbox/thread/events.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "common/base/hex.hpp"
#include "services/inbox/thread/home.hpp"

namespace whistlestop::thread {
namespace {

constexpr std::size_t text_id_bytes = 16;

struct Home {
    std::string organisation;
    std::string campaign;
};

Home home_among(const std::vector<Thread*>& threads, const Text& text) {
    const int home = home_of(threads, text.sender(), text.at_ms());
    if (home < 0) return {text.owner(), catch_all_of(text.owner())};
    const Thread& thread = *threads[static_cast<std::size_t>(home)];
    return {thread.organisation(), thread.campaign()};
}

Thread& put(Threads& threads, const Home& home, Text text) {
    Thread& thread = threads.open(home.organisation, home.campaign);
    threads.note_sender(thread, text.sender());
    place(thread, std::move(text));
    threads.changed(thread);
    return thread;
}

// Texts that name no campaign go where they belong by what is known now.
void rehome(Threads& threads, const std::string& sender) {
    struct Move {
        Thread* from;
        std::string id;
        Home to;
    };
    const auto all = threads.of_sender(sender);
    std::vector<Move> moves;
    for (Thread* thread : all)
        for (const Text& text : thread->texts()) {
            if (!names_no_campaign(text) || text.sender() != sender) continue;
            if (is_before_archived(all, sender, text.at_ms())) continue;
            Home home = home_among(all, text);
            if (home.campaign != thread->campaign()) moves.push_back({thread, text.id(), std::move(home)});
        }
    for (const Move& move : moves) {
        Text text = take(*move.from, move.id);
        threads.changed(*move.from);
        put(threads, move.to, std::move(text));
    }
}

// Could something that is known anew of `text` change where another one of this thread belongs?
bool concerns_others(const Thread& thread, const Text& text) {
    return thread.shared() || std::ranges::any_of(thread.texts(), [&](const Text& other) {
               return names_no_campaign(other) && other.at_ms() >= text.at_ms() && other.sender() == text.sender();
           });
}

// Where the event's text is, or may be among the archived.
std::vector<Thread*> candidates(Threads& threads, const v1::OutboundEvent& event) {
    if (event.campaign().empty()) return threads.of_sender(event.sender());
    Thread* thread = threads.find(event.campaign());
    return thread == nullptr ? std::vector<Thread*>{} : std::vector<Thread*>{thread};
}

void update(Threads& threads, Thread& thread, const std::string& id, const v1::OutboundEvent& event) {
    Text* text = find(thread, id);
    const Change change = apply(*text, event);
    if (!change.visible) return;
    threads.note_sender(thread, text->sender());
    threads.changed(thread);
    const bool rehomes = change.sent && concerns_others(thread, *text);
    const std::string sender = rehomes ? text->sender() : std::string{};
    reorder(thread, id);
    if (rehomes) rehome(threads, sender);
}

void begin(Threads& threads, const std::string& id, const v1::OutboundEvent& event) {
    Text text;
    text.set_id(id);
    static_cast<void>(apply(text, event));
    if (event.campaign().empty()) text.set_owner(event.organisation());
    const Home home = event.campaign().empty() ? home_among(threads.of_sender(text.sender()), text)
                                               : Home{event.organisation(), event.campaign()};
    const Text known = text;
    Thread& thread = put(threads, home, std::move(text));
    if (concerns_others(thread, known)) rehome(threads, known.sender());
}

}  // namespace

Result<void> on_event(Threads& threads, const v1::OutboundEvent& event) {
    const auto id = decode_hex(event.text_id());
    if (!id || id->size() != text_id_bytes) return fail(Fault::invalid, "text_id: want 32 hexadecimal digits");
    const auto all = candidates(threads, event);
    for (Thread* thread : all)
        if (find(*thread, *id) != nullptr) {
            update(threads, *thread, *id, event);
            return {};
        }
    const bool may_be_archived = event.kind() != v1::OutboundEvent::KIND_ACCEPTED;
    for (Thread* thread : all)
        if (may_be_archived && threads.apply_archived(*thread, *id, event)) return {};
    const bool tells_of_it = event.kind() != v1::OutboundEvent::KIND_CANCEL_REFUSED && !was_never_there(event);
    if (tells_of_it) begin(threads, *id, event);
    return {};
}

void on_reply(Threads& threads, const v1::InboundClassified& reply) {
    const v1::InboundText& said = reply.text();
    Text text;
    text.set_id(said.account() + "/" + said.provider_id());
    text.set_inbound(true);
    text.set_at_ms(said.received_ms());
    text.set_sender(said.sender());
    text.set_text(said.body());
    text.set_label(reply.label());
    text.set_action(reply.action());
    *text.mutable_media() = said.media();
    if (!reply.organisations().empty()) text.set_owner(reply.organisations(0));

    const auto all = threads.of_sender(said.sender());
    for (Thread* thread : all)
        if (find(*thread, text.id()) != nullptr) return;
    const Home home = home_among(all, text);
    put(threads, home, std::move(text));
}

}  // namespace whistlestop::thread
