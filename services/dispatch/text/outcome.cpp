// What becomes of a text that is with a lane: the lane's answers, the carrier's reports, a stop meanwhile.

#include <fmt/format.h>

#include "whistlestop/v1/consent.pb.h"
#include <algorithm>

#include "common/base/hash.hpp"
#include "common/commands/command.hpp"
#include "common/domain/names.hpp"
#include "common/domain/states.hpp"
#include "services/dispatch/gate/gate.hpp"
#include "services/dispatch/text/events.hpp"
#include "services/dispatch/text/tables.hpp"

namespace whistlestop::dispatch {
namespace {

using state::v1::ContactRow;
using state::v1::TextRow;

bool ended_without_sending(v1::RequestState state) {
    return state == v1::REQUEST_STATE_REJECTED || state == v1::REQUEST_STATE_SUPPRESSED ||
           state == v1::REQUEST_STATE_EXPIRED || state == v1::REQUEST_STATE_CANCELLED;
}

v1::DeliveryState rise(v1::DeliveryState current, v1::DeliveryState reported) {
    return static_cast<v1::DeliveryState>(
        whistlestop::rise(static_cast<DeliveryState>(current), static_cast<DeliveryState>(reported)));
}

// Any other report, of a text that is under way too, says that the carrier took it.
bool says_not_taken(v1::DeliveryState state) { return state == v1::DELIVERY_STATE_FAILED; }

bool deny_each_other(v1::DeliveryState a, v1::DeliveryState b) {
    return contradict(static_cast<DeliveryState>(a), static_cast<DeliveryState>(b));
}

std::string_view reason_of(v1::Attempt::NotSent::Reason reason) {
    switch (reason) {
        case v1::Attempt::NotSent::REASON_CANCELLED: return "cancelled";
        case v1::Attempt::NotSent::REASON_EXPIRED: return "past its expiry";
        case v1::Attempt::NotSent::REASON_OPTED_OUT: return "opted out";
        case v1::Attempt::NotSent::REASON_SENDER: return "the sender is not the organisation's any more";
        default: return "";
    }
}

v1::RequestState end_of(v1::Attempt::NotSent::Reason reason, v1::RequestState asked) {
    switch (reason) {
        case v1::Attempt::NotSent::REASON_CANCELLED:
            return asked == v1::REQUEST_STATE_UNSPECIFIED ? v1::REQUEST_STATE_CANCELLED : asked;
        case v1::Attempt::NotSent::REASON_EXPIRED: return v1::REQUEST_STATE_EXPIRED;
        case v1::Attempt::NotSent::REASON_OPTED_OUT: return v1::REQUEST_STATE_SUPPRESSED;
        default: return asked == v1::REQUEST_STATE_UNSPECIFIED ? v1::REQUEST_STATE_REJECTED : asked;
    }
}

void tell_consent(Context& context, std::string_view text_id, const TextRow& row, std::string_view code) {
    v1::ConsentCommand command;
    command.set_id(fmt::format("carrier/{}/{}", hex(text_id), row.attempt()));
    command.set_time_ms(context.now().wall.value);
    command.set_organisation(row.organisation());
    command.set_contact(row.contact());
    command.mutable_opt_out()->set_cause(v1::ConsentEntry::CAUSE_CARRIER);
    command.mutable_opt_out()->set_evidence(std::string{code});
    emit_consent_command(context, command, row.traceparent());
}

// A cancel that waited for the end of its text: it came too late.
void refuse_cancel(Context& context, const std::string& id, const TextRow& row) {
    if (row.cancel_id().empty()) return;  // a stop or an expiry asked, not a person
    emit_event(context, id, row, {v1::OutboundEvent::KIND_CANCEL_REFUSED, "", "too late", "lane"});
}

constexpr std::string_view opted_out_code = "21610";  // Twilio: the recipient has unsubscribed

}  // namespace

void Text::on_attempt(Context& context, const v1::Attempt& attempt) {
    auto known = texts.get(context, attempt.text_id());
    if (!known || known->attempt() != attempt.attempt()) return;
    Entry entry{attempt.text_id(), std::move(*known)};
    if (!entry.row.with_lane()) return;  // the first answer counted
    entry.row.set_with_lane(false);
    entry.row.set_started_ms(attempt.started_ms());
    if (!attempt.account().empty()) entry.row.set_account(attempt.account());  // empty: there was no call
    switch (attempt.outcome_case()) {
        case v1::Attempt::kSent: return sent(context, entry, attempt.sent().provider_id());
        case v1::Attempt::kNotSent: return on_not_sent(context, entry, attempt.not_sent());
        case v1::Attempt::kUnknown: return on_unknown(context, entry);
        case v1::Attempt::kRefused: {
            const v1::Attempt::Refused& refused = attempt.refused();
            if (refused.opted_out()) tell_consent(context, entry.id, entry.row, refused.code());
            const auto state = refused.opted_out() ? v1::REQUEST_STATE_SUPPRESSED : v1::REQUEST_STATE_REJECTED;
            const bool open = entry.row.state() == v1::REQUEST_STATE_OPEN;
            end(context, entry, state, "carrier: " + refused.code());
            if (open) refuse_cancel(context, entry.id, entry.row);
            return;
        }
        default: return;
    }
}

void Text::on_not_sent(Context& context, Entry& entry, const v1::Attempt::NotSent& not_sent) {
    const bool only_moved = not_sent.reason() == v1::Attempt::NotSent::REASON_SENDER &&
                            entry.row.end_asked() == v1::REQUEST_STATE_UNSPECIFIED &&
                            entry.row.state() != v1::REQUEST_STATE_SENT &&  // a report knew better
                            account_of(entry.row.sender()) != nullptr &&
                            usable(parts_.directory, entry.row.sender(), entry.row.organisation());
    if (only_moved) {  // its sender's account is another lane's by now
        entry.row.set_attempt(entry.row.attempt() + 1);
        return hand_to_lane(context, entry);
    }
    end(context, entry, end_of(not_sent.reason(), entry.row.end_asked()), reason_of(not_sent.reason()));
}

// A report that came first outranks it.
void Text::on_unknown(Context& context, Entry& entry) {
    if (entry.row.state() == v1::REQUEST_STATE_SENT) return texts.put(context, entry.id, entry.row);
    unknown_since_.insert_or_assign(entry.id, context.now().boot);
    const bool first = entry.row.state() == v1::REQUEST_STATE_OPEN;
    entry.row.set_state(v1::REQUEST_STATE_UNKNOWN);
    texts.put(context, entry.id, entry.row);
    if (first) {
        emit_event(context, entry.id, entry.row, {v1::OutboundEvent::KIND_ENDED, "", "no answer"});
        refuse_cancel(context, entry.id, entry.row);
    }
    look_again(context, entry);
}

void Text::sent(Context& context, Entry& entry, const std::string& provider_id) {
    TextRow& row = entry.row;
    const v1::RequestState before = row.state();
    if (!provider_id.empty()) row.set_provider_id(provider_id);
    row.set_state(v1::REQUEST_STATE_SENT);
    row.clear_text();
    texts.put(context, entry.id, row);
    unknown_since_.erase(entry.id);
    if (before == v1::REQUEST_STATE_SENT) return;
    const bool corrected = before == v1::REQUEST_STATE_UNKNOWN;
    emit_event(context, entry.id, row, {corrected ? v1::OutboundEvent::KIND_CORRECTED : v1::OutboundEvent::KIND_ENDED});
    if (before == v1::REQUEST_STATE_OPEN) refuse_cancel(context, entry.id, row);
}

// Nothing was sent, provably; after `unknown` that is a correction.
void Text::end(Context& context, Entry& entry, v1::RequestState state, std::string_view reason) {
    TextRow& row = entry.row;
    if (row.state() == v1::REQUEST_STATE_SENT) return texts.put(context, entry.id, row);  // a report knew better
    const bool corrected = row.state() == v1::REQUEST_STATE_UNKNOWN;
    row.set_state(corrected ? v1::REQUEST_STATE_REJECTED : state);
    unknown_since_.erase(entry.id);
    free_step(context, entry);
    emit_event(context, entry.id, row,
               {corrected ? v1::OutboundEvent::KIND_CORRECTED : v1::OutboundEvent::KIND_ENDED, "", reason});
    row.clear_text();
    row.set_with_lane(false);
    texts.put(context, entry.id, row);
}

// A carrier that said no had taken it.
void Text::take_step_again(Context& context, const Entry& entry) {
    auto contact = contacts.get(context, entry.row.contact());
    if (!contact || entry.row.class_() != v1::TEXT_CLASS_FIRST) return;
    if (std::ranges::find(contact->steps(), entry.id, &ContactRow::Step::text_id) != contact->steps().end()) return;
    take_step(*contact, entry);
    contacts.put(context, entry.row.contact(), *contact);
}

void Text::free_step(Context& context, const Entry& entry) {
    auto contact = contacts.get(context, entry.row.contact());
    if (!contact) return;
    auto& steps = *contact->mutable_steps();
    const auto gone = std::ranges::find(steps, entry.id, &ContactRow::Step::text_id);
    if (gone == steps.end()) return;
    steps.erase(gone);
    contacts.put(context, entry.row.contact(), *contact);
}

void Text::on_report(Context& context, const Record& record) {
    v1::CarrierReport report;
    if (!report.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())))
        return context.dead_letter(record, "value: not a CarrierReport");
    Entry entry{report.text_id(), {}};
    if (entry.id.empty()) {
        const ContactRow contact = contacts.get(context, report.contact()).value_or(ContactRow{});
        for (const std::string& id : contact.texts())
            if (const auto row = texts.get(context, id); row && row->provider_id() == report.provider_id())
                entry.id = id;
    }
    auto known = texts.get(context, entry.id);
    if (!known || known->state() == v1::REQUEST_STATE_UNSPECIFIED)
        return context.dead_letter(record, "text_id, provider_id: no text of ours");
    entry.row = std::move(*known);
    TextRow& row = entry.row;
    if (report.code() == opted_out_code) tell_consent(context, entry.id, row, report.code());

    const v1::DeliveryState before = row.delivery();
    const bool went_all_the_same = ended_without_sending(row.state());
    const bool denied = deny_each_other(before, report.delivery()) || went_all_the_same;
    if (denied) row.set_contradictions(row.contradictions() + 1);
    if (went_all_the_same && !says_not_taken(report.delivery())) take_step_again(context, entry);
    row.set_delivery(rise(before, report.delivery()));
    const bool news = row.state() == v1::REQUEST_STATE_OPEN || row.state() == v1::REQUEST_STATE_UNKNOWN;
    const bool goes_again = row.with_lane();  // as far as its lane knows, which had no answer yet or a false one
    if (news) {
        sent(context, entry, report.provider_id());
        if (goes_again) take_from_lane(context, entry);
    } else if (denied || row.delivery() != before) {
        texts.put(context, entry.id, row);
    }
    if (row.delivery() == before || row.state() != v1::REQUEST_STATE_SENT) return;
    emit_event(
        context, entry.id, row,
        {v1::OutboundEvent::KIND_DELIVERY, "", report.code(), name_of(static_cast<DeliveryState>(row.delivery()))});
}

// What waits for somebody who has just said stop goes back at once, not when its turn comes.
void Text::on_consent(Context& context, const Record& record) {
    v1::ConsentRecord consent;
    if (!consent.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())))
        return context.dead_letter(record, "value: not a ConsentRecord");
    if (!consent.has_standing() || consent.standing().entries().empty()) return;
    const v1::Standing& standing = consent.standing();
    const auto contact = contacts.get(context, standing.contact());
    if (!contact) return;
    for (const std::string& id : contact->texts()) {
        auto row = texts.get(context, id);
        if (!row || row->state() != v1::REQUEST_STATE_OPEN || is_automatic(row->class_())) continue;
        if (standing.organisation() != everybody && standing.organisation() != row->organisation()) continue;
        Entry entry{id, std::move(*row)};
        if (entry.row.with_lane() && entry.row.end_asked() != v1::REQUEST_STATE_SUPPRESSED)
            ask_lane_to_cancel(context, entry, v1::REQUEST_STATE_SUPPRESSED);
    }
}

}  // namespace whistlestop::dispatch
