#include "services/dispatch/text/text.hpp"

#include <algorithm>
#include <utility>

#include "common/base/hash.hpp"
#include "common/commands/command.hpp"
#include "common/domain/request_ids.hpp"
#include "common/domain/segments.hpp"
#include "common/wire/envelope.hpp"
#include "services/dispatch/text/events.hpp"
#include "services/dispatch/text/match.hpp"
#include "services/dispatch/text/tables.hpp"

namespace whistlestop::dispatch {
namespace {

using state::v1::ContactRow;
using state::v1::TextRow;

constexpr std::int64_t park_look_ms = 500;
constexpr std::int64_t lane_silent_ms = 30'000;  // past a text's expiry, after which its lane is asked

TextRow row_of(const v1::OutboundRequest& request) {
    const v1::SendText& send = request.send();
    TextRow row;
    row.set_request_id(request.id());
    row.set_request_ms(request.time_ms());
    row.set_traceparent(request.traceparent());
    row.set_organisation(request.organisation());
    row.set_contact(request.contact());
    row.set_campaign(send.campaign());
    row.set_step(send.step());
    row.set_sender(send.sender());
    row.set_text(send.text());
    row.set_class_(send.class_());
    row.set_started_by(send.started_by());
    row.set_expires_at_ms(send.expires_at_ms() != 0 ? send.expires_at_ms() : request.time_ms() + default_expiry_ms);
    row.set_state(v1::REQUEST_STATE_OPEN);
    row.set_attempt(1);
    const std::int64_t horizon = request.time_ms() + dedupe_horizon_ms;
    row.set_stub_until_ms(std::max(horizon, std::min(row.expires_at_ms(), horizon) + settles_within_ms));
    return row;
}

// Completes a request with what its topic and envelope say. Fault::invalid: for the dead letters.
Result<void> complete(const Record& record, WallMs now, v1::OutboundRequest& request) {
    const auto head = read_identified(record, request);
    if (!head) return std::unexpected{head.error()};
    if (record.at.topic == Topic::outbound_requests) {
        if (head->id.empty()) return std::unexpected{read_envelope(record).error()};  // it has none
        request.set_time_ms(head->time.value_or(WallMs{}).value);
        request.set_traceparent(std::string{head->traceparent});
    }
    if (const auto in_time = check_time(WallMs{request.time_ms()}, now); !in_time) return in_time;
    if (const auto named = check_contact(record, request.contact()); !named) return named;
    if (request.request_case() == v1::OutboundRequest::REQUEST_NOT_SET)
        return fail(Fault::invalid, "request: want send or cancel");
    return {};
}

// Its lane should have answered by now.
bool is_silent(const TextRow& row, std::int64_t now) {
    return row.with_lane() && row.expires_at_ms() + lane_silent_ms < now &&
           row.end_asked() == v1::REQUEST_STATE_UNSPECIFIED;
}

bool is_forgotten(const TextRow& row, std::int64_t now) {
    return !row.with_lane() && row.stub_until_ms() < now && row.state() != v1::REQUEST_STATE_OPEN;
}

}  // namespace

Text::Text(const TextParts& parts, std::uint16_t partition) : parts_{parts}, walk_{texts, partition} {}

void Text::on_record(Context& context, const Record& record) {
    switch (record.at.topic) {
        case Topic::outbound_requests:
        case Topic::outbound_replies:
        case Topic::outbound_answers: return on_request(context, record);
        case Topic::carrier_reports: return on_report(context, record);
        case Topic::consent: return on_consent(context, record);
        case Topic::outbound_attempts: break;
        default: check(false);
    }
    v1::Attempt attempt;
    if (!attempt.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())))
        return context.dead_letter(record, "value: not an Attempt");
    on_attempt(context, attempt);
}

void Text::on_request(Context& context, const Record& record) {
    v1::OutboundRequest request;
    if (const auto whole = complete(record, context.now().wall, request); !whole)
        return context.dead_letter(record, whole.error().detail);
    if (record.at.topic == Topic::outbound_requests && pass_on(context, record, request.contact())) return;
    if (request.has_cancel()) return on_cancel(context, record, request);

    v1::SendText& send = *request.mutable_send();
    const bool ours = record.at.topic != Topic::outbound_requests;
    if (!ours && (send.class_() != v1::TEXT_CLASS_UNSPECIFIED || !send.sender().empty()))
        return context.dead_letter(record, "class, sender: only the gateway sets them");
    if (!ours && (request.id().starts_with(confirmation_prefix) || request.id().starts_with(answer_prefix)))
        return context.dead_letter(record, "id: confirm/ and answer/ are the gateway's own");
    if (send.class_() == v1::TEXT_CLASS_UNSPECIFIED) send.set_class_(v1::TEXT_CLASS_FIRST);
    on_send(context, request);
}

void Text::on_send(Context& context, const v1::OutboundRequest& request) {
    Entry entry{text_id_of(request.organisation(), request.contact(), request.id()), {}};
    if (const auto known = texts.get(context, entry.id)) {
        const bool only_its_cancel = known->state() == v1::REQUEST_STATE_UNSPECIFIED;
        if (!only_its_cancel) return;  // a repeat
        entry.row = row_of(request);
        entry.row.set_cancel_id(known->cancel_id());
        return end(context, entry, v1::REQUEST_STATE_CANCELLED, "cancelled before");
    }
    entry.row = row_of(request);
    entry.row.set_parked_until_ms(context.now().wall.value + park_ms);
    try_accept(context, entry);
}

void Text::try_accept(Context& context, Entry& entry) {
    using Kind = Decision::Kind;
    ContactRow contact = contacts.get(context, entry.row.contact()).value_or(ContactRow{});
    const Decision decision =
        decide({entry.row, contact, parts_.directory, parts_.consent.ask(entry.row.organisation(), entry.row.contact()),
                context.now().wall});
    switch (decision.kind) {
        case Kind::accept: return accept(context, entry, contact, decision.sender);
        case Kind::suppress: return end(context, entry, v1::REQUEST_STATE_SUPPRESSED, decision.reason);
        case Kind::expire: return end(context, entry, v1::REQUEST_STATE_EXPIRED, decision.reason);
        case Kind::park: return park(context, entry);
        case Kind::reject: break;
    }
    entry.row.set_state(v1::REQUEST_STATE_REJECTED);
    emit_event(context, entry.id, entry.row, {v1::OutboundEvent::KIND_ENDED, decision.field, decision.reason});
    entry.row.clear_text();
    texts.put(context, entry.id, entry.row);
}

// Looks soon, then less and less often. The row is written once: nothing of it changes while it waits.
void Text::park(Context& context, const Entry& entry) {
    const std::int64_t left = entry.row.parked_until_ms() - context.now().wall.value;
    const std::int64_t waited = park_ms - left;
    if (waited == 0) texts.put(context, entry.id, entry.row);
    const std::int64_t pause = std::min(std::max(waited, park_look_ms), left);
    context.arm({context.now().wall + pause, std::string{park_timer} + entry.id});
}

void Text::take_step(ContactRow& contact, const Entry& entry) {
    ContactRow::Step& step = *contact.add_steps();
    step.set_campaign(entry.row.campaign());
    step.set_step(entry.row.step());
    step.set_text_id(entry.id);
}

// To the sender that the contact knows from this campaign; where that could not be used, to the one that took its
// place.
void Text::stick(ContactRow& contact, const std::string& campaign, const std::string& sender) {
    auto& senders = *contact.mutable_senders();
    const auto known = std::ranges::find(senders, campaign, &ContactRow::Sticky::campaign);
    ContactRow::Sticky& sticky = known == senders.end() ? *senders.Add() : *known;
    sticky.set_campaign(campaign);
    sticky.set_sender(sender);
}

void Text::accept(Context& context, Entry& entry, ContactRow& contact, const std::string& sender) {
    TextRow& row = entry.row;
    row.set_sender(sender);
    row.set_segments(count_segments(row.text()).segments);
    row.set_parked_until_ms(0);
    row.set_accepted_ms(context.now().wall.value);
    if (row.class_() == v1::TEXT_CLASS_FIRST) {
        take_step(contact, entry);
        stick(contact, row.campaign(), sender);
    }
    if (contact.texts_size() >= texts_per_contact_max) forget_oldest(context, contact);
    contact.add_texts(entry.id);
    contacts.put(context, row.contact(), contact);
    emit_event(context, entry.id, row, {v1::OutboundEvent::KIND_ACCEPTED});
    hand_to_lane(context, entry);
}

// Of those that are settled, if any is. What is left of it: until when a carrier's entry may be its.
void Text::forget_oldest(Context& context, ContactRow& contact) {
    auto& ids = *contact.mutable_texts();
    const auto settled = [&](const std::string& id) {
        const auto row = texts.get(context, id);
        return !row || (row->state() != v1::REQUEST_STATE_OPEN && row->state() != v1::REQUEST_STATE_UNKNOWN);
    };
    auto oldest = std::ranges::find_if(ids, settled);
    if (oldest == ids.end()) oldest = ids.begin();
    if (const auto row = texts.get(context, *oldest)) {
        const bool start_known = row->started_ms() != 0 || row->state() != v1::REQUEST_STATE_SENT;
        const std::int64_t until = settled(*oldest) && start_known ? row->started_ms() : row->expires_at_ms();
        contact.set_forgotten_until_ms(std::max(contact.forgotten_until_ms(), until));
    }
    ids.erase(oldest);
}

// To the lane of its sender as it stands now; whatever concerns it follows it there.
void Text::hand_to_lane(Context& context, Entry& entry) {
    TextRow& row = entry.row;
    const Account* account = account_of(row.sender());
    row.set_lane_group(account == nullptr ? std::string{} : account->lane_group);
    row.set_with_lane(true);
    texts.put(context, entry.id, row);
    v1::LaneRecord record;
    v1::LaneText& text = *record.mutable_text();
    text.set_text_id(entry.id);
    text.set_attempt(row.attempt());
    text.set_organisation(row.organisation());
    text.set_contact(row.contact());
    text.set_campaign(row.campaign());
    text.set_sender(row.sender());
    text.set_text(row.text());
    text.set_segments(row.segments());
    text.set_class_(row.class_());
    text.set_expires_at_ms(row.expires_at_ms());
    emit_to_lane(context, row, record);
}

// A text and its cancel go the same way, so that they keep their order.
void Text::emit_to_lane(Context& context, const TextRow& row, const v1::LaneRecord& record) {
    const Topic topic = row.class_() == v1::TEXT_CLASS_FIRST ? Topic::outbound_lanes_first : Topic::outbound_lanes;
    context.emit({topic, row.lane_group(), row.lane_group(), record.SerializeAsString()});
}

void Text::ask_lane_to_cancel(Context& context, Entry& entry, v1::RequestState as) {
    entry.row.set_end_asked(as);
    texts.put(context, entry.id, entry.row);
    take_from_lane(context, entry);
}

void Text::take_from_lane(Context& context, const Entry& entry) {
    v1::LaneRecord record;
    record.mutable_cancel()->set_text_id(entry.id);
    record.mutable_cancel()->set_attempt(entry.row.attempt());
    record.mutable_cancel()->set_contact(entry.row.contact());
    emit_to_lane(context, entry.row, record);
}

void Text::on_cancel(Context& context, const Record& record, const v1::OutboundRequest& request) {
    const std::string& request_id = request.cancel().request_id();
    if (request_id.empty() || request_id.size() > event_id_bytes_max)
        return context.dead_letter(record, "request_id: want 1 to 200 bytes");
    if (request_id.starts_with(confirmation_prefix))
        return context.dead_letter(record, "request_id: confirm/ is the gateway's own");
    Entry entry{text_id_of(request.organisation(), request.contact(), request_id), {}};
    auto known = texts.get(context, entry.id);
    if (!known) {
        // Kept for as long as its request could still come.
        entry.row.set_end_asked(v1::REQUEST_STATE_CANCELLED);
        entry.row.set_cancel_id(request.id());
        entry.row.set_stub_until_ms(context.now().wall.value + dedupe_horizon_ms + request_ahead_max_ms);
        return texts.put(context, entry.id, entry.row);
    }
    entry.row = std::move(*known);
    if (entry.row.cancel_id() == request.id()) return;  // a repeat
    entry.row.set_cancel_id(request.id());
    const bool open = entry.row.state() == v1::REQUEST_STATE_OPEN;
    const bool may_go_again = entry.row.state() == v1::REQUEST_STATE_UNKNOWN;
    if (may_go_again) {  // which it must not; what it ended as stands
        entry.row.set_end_asked(v1::REQUEST_STATE_CANCELLED);
        if (entry.row.with_lane()) take_from_lane(context, entry);
    }
    if (open && !entry.row.with_lane()) return end(context, entry, v1::REQUEST_STATE_CANCELLED, "cancelled");
    if (open && entry.row.end_asked() == v1::REQUEST_STATE_UNSPECIFIED)
        return ask_lane_to_cancel(context, entry, v1::REQUEST_STATE_CANCELLED);
    texts.put(context, entry.id, entry.row);
    if (open || entry.row.state() == v1::REQUEST_STATE_UNSPECIFIED) return;
    const std::string suffix = derived_id(record, 0);
    emit_event(context, entry.id, entry.row, {v1::OutboundEvent::KIND_CANCEL_REFUSED, "", "already ended", suffix});
}

void Text::on_timer(Context& context, const Timer& timer) {
    const std::string_view id = timer.id;
    const std::string text_id{id.substr(park_timer.size())};
    static_assert(park_timer.size() == list_timer.size());
    auto row = texts.get(context, text_id);
    if (!row) return;
    Entry entry{text_id, std::move(*row)};
    if (id.starts_with(park_timer)) {
        if (entry.row.state() == v1::REQUEST_STATE_OPEN && !entry.row.with_lane()) try_accept(context, entry);
    } else if (entry.row.state() == v1::REQUEST_STATE_UNKNOWN && !entry.row.with_lane()) {
        ask_for_list(context, entry);
    }
}

// What nobody may repeat any more goes, and a lane that has not answered for a text past its expiry is asked (its topic
// may have been trimmed).
void Text::on_cycle(Context& context) {
    const std::int64_t now = context.now().wall.value;
    const auto is_due = [now](const TextRow& row) { return is_silent(row, now) || is_forgotten(row, now); };
    for (auto& [id, row] : walk_.on_cycle(context, is_due)) {
        Entry entry{std::move(id), std::move(row)};
        if (entry.row.with_lane()) {
            ask_lane_to_cancel(context, entry, v1::REQUEST_STATE_EXPIRED);
        } else {
            unknown_since_.erase(entry.id);
            texts.erase(context, entry.id);
        }
    }
}

const Account* Text::account_of(std::string_view sender) const {
    const v1::Sender* record = parts_.directory.sender(sender);
    if (record == nullptr) return nullptr;
    const auto account = parts_.accounts.find(record->account());
    return account == parts_.accounts.end() ? nullptr : &account->second;
}

StageSpec text_stage(const TextParts& parts, EffectPort& port) {
    StageSpec stage;
    stage.number = 1;
    stage.name = "dispatch.text";
    stage.partitions = spec_of(Topic::outbound_requests).partitions;
    stage.inputs = {{Topic::consent, Priority::said},
                    {Topic::outbound_answers, Priority::command},
                    {Topic::outbound_replies, Priority::command},
                    {Topic::outbound_attempts, Priority::event},
                    {Topic::carrier_reports, Priority::event},
                    {Topic::outbound_requests, Priority::bulk}};
    stage.make = [parts](std::uint16_t partition) { return std::make_unique<Text>(parts, partition); };
    stage.port = &port;
    return stage;
}

std::string text_id_of(std::string_view organisation, std::string_view contact, std::string_view request_id) {
    return std::string{bytes_of(digest({organisation, contact, request_id}))};
}

}  // namespace whistlestop::dispatch
