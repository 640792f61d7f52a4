#include "services/optout/consent/ledger.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace whistlestop::optout {
namespace {

using v1::ConsentEntry;

bool alike(const Entry& a, const Entry& b) {
    return a.entry().kind() == b.entry().kind() && a.entry().cause() == b.entry().cause();
}

bool start_lifts(const ConsentEntry& entry) {
    if (entry.kind() == ConsentEntry::KIND_REVIEW) return true;
    if (entry.kind() != ConsentEntry::KIND_STOP) return false;
    return entry.cause() == ConsentEntry::CAUSE_KEYWORD || entry.cause() == ConsentEntry::CAUSE_CLASSIFIED ||
           entry.cause() == ConsentEntry::CAUSE_MANUAL || entry.cause() == ConsentEntry::CAUSE_CARRIER;
}

void remember(Ledger& ledger, Entry entry, std::string_view lifted_by, std::int64_t now_ms) {
    auto& lifted = *ledger.add_history();
    *lifted.mutable_entry() = std::move(entry);
    lifted.set_lifted_by(std::string{lifted_by});
    lifted.set_lifted_ms(now_ms);
    if (ledger.history_size() > history_max) ledger.mutable_history()->erase(ledger.history().begin());
}

}  // namespace

void add(Ledger& ledger, Entry entry) {
    if (find(ledger, entry.entry().id()) != nullptr) return;
    auto& entries = *ledger.mutable_entries();
    const auto like_this = [&](const Entry& other) { return alike(other, entry); };
    if (std::ranges::count_if(entries, like_this) >= alike_max) {
        const auto oldest = std::ranges::find_if(entries, like_this);
        remember(ledger, *oldest, entry.entry().id(), entry.entry().at_ms());
        entries.erase(oldest);
    }
    *entries.Add() = std::move(entry);
}

bool lift(Ledger& ledger, const Start& start, std::int64_t now_ms) {
    auto& entries = *ledger.mutable_entries();
    const auto lifted = [&](const Entry& entry) {
        return start_lifts(entry.entry()) && entry.entry().at_ms() <= start.received_ms;
    };
    for (const Entry& entry : entries)
        if (lifted(entry)) remember(ledger, entry, start.id, now_ms);
    const auto first = std::remove_if(entries.begin(), entries.end(), lifted);
    if (first == entries.end()) return false;
    entries.erase(first, entries.end());
    return true;
}

const Entry* find(const Ledger& ledger, std::string_view id) {
    for (const Entry& entry : ledger.entries())
        if (entry.entry().id() == id) return &entry;
    return nullptr;
}

bool was_answered(const Ledger& ledger) {
    return std::ranges::any_of(ledger.entries(), [](const Entry& entry) { return entry.answered(); });
}

v1::ConsentRecord standing_of(const Ledger& ledger, std::string_view organisation, std::string_view contact) {
    v1::ConsentRecord record;
    v1::Standing& standing = *record.mutable_standing();
    standing.set_organisation(std::string{organisation});
    standing.set_contact(std::string{contact});
    for (const Entry& entry : ledger.entries()) *standing.add_entries() = entry.entry();
    return record;
}

}  // namespace whistlestop::optout
