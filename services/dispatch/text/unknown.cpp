// After `unknown`: the carrier's list is read until it tells, and what it does not show goes again only where that is
// proof.

#include <algorithm>
#include <any>

#include "services/dispatch/text/events.hpp"
#include "services/dispatch/text/match.hpp"
#include "services/dispatch/text/tables.hpp"

namespace whistlestop::dispatch {
namespace {

using state::v1::ContactRow;

constexpr std::int64_t list_first_ms = 1'000;
constexpr std::int64_t list_pause_max_ms = 3'600'000;

}  // namespace

void Text::ask_for_list(Context& context, const Entry& entry) {
    look_again(context, entry);  // armed before the answer, which a crash may take away
    const Account* account = called_with(entry.row);
    if (account == nullptr || context.draining()) return;
    context.intend({entry.id, ListCall{account->id, entry.row.sender(), entry.row.contact(),
                                       WallMs{entry.row.accepted_ms()} + -clock_slack_ms, context.now().boot}});
}

void Text::on_effect(Context& context, EffectResult&& result) {
    auto row = texts.get(context, result.id);
    if (!row || row->state() != v1::REQUEST_STATE_UNKNOWN || row->with_lane()) return;
    Entry entry{std::move(result.id), std::move(*row)};
    const auto list = std::any_cast<ListOutcome>(std::move(result.outcome));
    if (list.complete) on_list(context, entry, list);
}

void Text::on_list(Context& context, Entry& entry, const ListOutcome& list) {
    const ContactRow contact = contacts.get(context, entry.row.contact()).value_or(ContactRow{});
    MatchFacts facts{
        entry.row.text(), WallMs{entry.row.accepted_ms()}, {}, WallMs{contact.forgotten_until_ms()}, false};
    for (const std::string& id : contact.texts()) {
        if (id == entry.id) continue;
        const auto row = texts.get(context, id);
        if (!row) {  // swept, long after its last call
            facts.forgotten_until = std::max(facts.forgotten_until, context.now().wall + -settles_within_ms);
            continue;
        }
        if (!row->provider_id().empty()) facts.known.insert(row->provider_id());
        // Its words are kept until it is sure what became of it: an absence that is no proof is not.
        facts.twin_open |= row->sender() == entry.row.sender() && row->text() == entry.row.text();
    }
    const Match found = match(list, facts);
    if (found.kind == Match::Kind::found) return sent(context, entry, found.provider_id);
    if (found.kind == Match::Kind::absent) on_absent(context, entry, list.asked);
}

// What counts is when the list was asked for: it may come late, and after a next attempt.
void Text::on_absent(Context& context, Entry& entry, BootMs asked) {
    const Account* account = called_with(entry.row);
    if (account == nullptr || asked - unknown_since(context, entry) < account->absent_after_ms) return;
    const v1::RequestState asked_for = entry.row.end_asked();
    if (account->list_is_proof && asked_for != v1::REQUEST_STATE_UNSPECIFIED)
        return end(context, entry, asked_for, "not sent, and not wanted any more");
    if (account->list_is_proof) {
        entry.row.set_attempt(entry.row.attempt() + 1);
        return hand_to_lane(context, entry);
    }
    // No proof: its step stays taken.
    unknown_since_.erase(entry.id);
    entry.row.set_state(v1::REQUEST_STATE_REJECTED);
    emit_event(context, entry.id, entry.row, {v1::OutboundEvent::KIND_CORRECTED, "", "absent from the carrier's list"});
    texts.put(context, entry.id, entry.row);
}

// Its sender may have moved to another account since, whose list does not know it. Null: no longer in the
// configuration.
const Account* Text::called_with(const TextRow& row) const {
    if (row.account().empty()) return account_of(row.sender());  // a row of an earlier version
    const auto account = parts_.accounts.find(row.account());
    return account == parts_.accounts.end() ? nullptr : &account->second;
}

// Soon, then less and less often, but just when its absence comes to count; for as long as its row is kept, since
// carriers come back after any outage.
void Text::look_again(Context& context, const Entry& entry) {
    const Account* account = called_with(entry.row);
    const std::int64_t waited = context.now().boot - unknown_since(context, entry);
    std::int64_t pause = std::clamp(waited, list_first_ms, list_pause_max_ms);
    if (account != nullptr && waited < account->absent_after_ms)
        pause = std::min(pause, account->absent_after_ms - waited);
    context.arm({context.now().wall + pause, std::string{list_timer} + entry.id});
}

// By the boot clock, which nobody sets. What an earlier process saw counts from the first look of this one.
BootMs Text::unknown_since(Context& context, const Entry& entry) {
    return unknown_since_.try_emplace(entry.id, context.now().boot).first->second;
}

}  // namespace whistlestop::dispatch
