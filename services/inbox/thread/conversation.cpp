#include "services/inbox/thread/conversation.hpp"

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"
#include "common/domain/states.hpp"
#include "services/inbox/thread/attention.hpp"
#include "services/inbox/thread/home.hpp"

namespace whistlestop::thread {
namespace {

bool before(const Text& a, const Text& b) { return a.at_ms() != b.at_ms() ? a.at_ms() < b.at_ms() : a.id() < b.id(); }

// The newest are looked for most, so from the end. Negative: not there.
int index_of(const Thread& thread, std::string_view id) {
    int index = thread.texts_size() - 1;
    while (index >= 0 && thread.texts(index).id() != id) --index;
    return index;
}

// Everything else is in order.
void move_to_place(Thread& thread, int index) {
    auto& texts = *thread.mutable_texts();
    for (; index > 0 && before(texts[index], texts[index - 1]); --index) texts.SwapElements(index, index - 1);
    for (; index + 1 < texts.size() && before(texts[index + 1], texts[index]); ++index)
        texts.SwapElements(index, index + 1);
}

bool was_sent(v1::RequestState state) { return state == v1::REQUEST_STATE_SENT; }

// Fills in what is not known yet; says whether it was news.
template <class Set>
bool fill(bool known, bool told, Set set) {
    if (known || !told) return false;
    set();
    return true;
}

bool apply_details(Text& text, const v1::OutboundEvent& event) {
    bool news = fill(!text.sender().empty(), !event.sender().empty(), [&] { text.set_sender(event.sender()); });
    news |= fill(!text.text().empty(), !event.text().empty(), [&] { text.set_text(event.text()); });
    news |=
        fill(!text.started_by().empty(), !event.started_by().empty(), [&] { text.set_started_by(event.started_by()); });
    news |= fill(text.class_() != v1::TEXT_CLASS_UNSPECIFIED, event.class_() != v1::TEXT_CLASS_UNSPECIFIED,
                 [&] { text.set_class_(event.class_()); });
    return news;
}

bool apply_time(Text& text, const v1::OutboundEvent& event) {
    if (text.at_ms() != 0 && text.at_ms() <= event.at_ms()) return false;
    text.set_at_ms(event.at_ms());
    return true;
}

bool apply_end(Text& text, const v1::OutboundEvent& event) {
    const auto from =
        text.state() == v1::REQUEST_STATE_UNSPECIFIED ? RequestState::open : static_cast<RequestState>(text.state());
    if (!may_become(from, static_cast<RequestState>(event.state()))) return false;
    text.set_state(event.state());
    text.set_reason(event.reason());
    return true;
}

// The call's start: a reply may well come before the carrier's answer. Where a report told first, its own time stands
// in until a later event knows better.
bool apply_sent_time(Text& text, const v1::OutboundEvent& event) {
    const std::int64_t sent_ms = event.sent_ms() != 0 ? event.sent_ms() : event.at_ms();
    if (!was_sent(event.state()) || (text.sent_ms() != 0 && text.sent_ms() <= sent_ms)) return false;
    text.set_sent_ms(sent_ms);
    return true;
}

bool apply_delivery(Text& text, v1::DeliveryState reported) {
    const DeliveryState risen = rise(static_cast<DeliveryState>(text.delivery()), static_cast<DeliveryState>(reported));
    if (risen == static_cast<DeliveryState>(text.delivery())) return false;
    text.set_delivery(reported);
    return true;
}

bool is_end(const v1::OutboundEvent& event) {
    return event.kind() == v1::OutboundEvent::KIND_ENDED || event.kind() == v1::OutboundEvent::KIND_CORRECTED;
}

}  // namespace

Text* find(Thread& thread, std::string_view id) {
    const int index = index_of(thread, id);
    return index < 0 ? nullptr : thread.mutable_texts(index);
}

Text& place(Thread& thread, Text text) {
    if (text.inbound()) {
        text.set_arrival(thread.arrivals() + 1);
        thread.set_arrivals(text.arrival());
        thread.set_texts_in(thread.texts_in() + 1);
    } else {
        thread.set_texts_out(thread.texts_out() + 1);
    }
    const std::string id = text.id();
    *thread.add_texts() = std::move(text);
    move_to_place(thread, thread.texts_size() - 1);
    return *find(thread, id);
}

Text take(Thread& thread, std::string_view id) {
    const int index = index_of(thread, id);
    check(index >= 0);
    Text text = std::move(*thread.mutable_texts(index));
    thread.mutable_texts()->erase(thread.texts().begin() + index);
    if (text.inbound())
        thread.set_texts_in(thread.texts_in() - 1);
    else
        thread.set_texts_out(thread.texts_out() - 1);
    return text;
}

bool was_never_there(const v1::OutboundEvent& event) {
    return is_end(event) && event.state() != v1::REQUEST_STATE_SENT && event.state() != v1::REQUEST_STATE_UNKNOWN;
}

Change apply(Text& text, const v1::OutboundEvent& event) {
    if (event.kind() == v1::OutboundEvent::KIND_CANCEL_REFUSED) return {};
    Change change;
    change.visible = apply_details(text, event);
    change.sent = apply_time(text, event);
    if (event.kind() == v1::OutboundEvent::KIND_ACCEPTED && text.state() == v1::REQUEST_STATE_UNSPECIFIED) {
        text.set_state(v1::REQUEST_STATE_OPEN);
        change.visible = true;
    }
    if (is_end(event)) change.sent |= apply_end(text, event);
    if (is_end(event) || event.sent_ms() != 0) change.sent |= apply_sent_time(text, event);
    change.visible |= apply_delivery(text, event.delivery());
    change.visible |= change.sent;
    return change;
}

void reorder(Thread& thread, std::string_view id) {
    const int index = index_of(thread, id);
    check(index >= 0);
    move_to_place(thread, index);
}

std::vector<Text> take_old(Thread& thread) {
    std::vector<Text> old;
    if (thread.texts_size() < texts_kept + archive_chunk) return old;
    auto& texts = *thread.mutable_texts();
    for (int i = 0; i < archive_chunk; ++i) {
        Text& text = texts[i];
        if (text.inbound()) thread.set_archived_arrival(std::max(thread.archived_arrival(), text.arrival()));
        if (is_handling(text)) thread.set_handled(std::max(thread.handled(), text.arrival()));
        remember_archived(thread, text);
        old.push_back(std::move(text));
    }
    texts.erase(texts.begin(), texts.begin() + archive_chunk);
    return old;
}

std::uint64_t newest_arrival(const Thread& thread) {
    std::uint64_t newest = thread.archived_arrival();
    for (const Text& text : thread.texts())
        if (text.inbound()) newest = std::max(newest, text.arrival());
    return newest;
}

const Text* newest_inbound(const Thread& thread) {
    const auto& texts = thread.texts();
    const auto found = std::find_if(texts.rbegin(), texts.rend(), [](const Text& text) { return text.inbound(); });
    return found == texts.rend() ? nullptr : &*found;
}

std::string_view sender_of(const Thread& thread) {
    const auto& texts = thread.texts();
    const auto found =
        std::find_if(texts.rbegin(), texts.rend(), [](const Text& text) { return !text.sender().empty(); });
    return found == texts.rend() ? std::string_view{} : std::string_view{found->sender()};
}

void summarise(const Thread& thread, v1::ThreadSummary& into) {
    into.Clear();
    into.set_organisation(thread.organisation());
    into.set_campaign(thread.campaign());
    into.set_contact(thread.contact());
    into.set_sender(std::string{sender_of(thread)});
    into.set_version(thread.version());
    into.set_needs_attention(needs_attention(thread));
    into.set_opted_out(thread.opted_out());
    into.set_texts_in(thread.texts_in());
    into.set_texts_out(thread.texts_out());
    if (thread.texts().empty()) return;
    const Text& newest = *thread.texts().rbegin();
    into.set_newest_text(newest.text());
    into.set_newest_is_inbound(newest.inbound());
    into.set_newest_at_ms(newest.at_ms());
    const auto& texts = thread.texts();
    const auto out = std::find_if(texts.rbegin(), texts.rend(), [](const Text& text) { return !text.inbound(); });
    if (out == texts.rend()) return;
    into.set_newest_out_state(out->state());
    into.set_newest_out_delivery(out->delivery());
}

}  // namespace whistlestop::thread
