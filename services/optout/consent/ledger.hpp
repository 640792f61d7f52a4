#pragma once
// The ledger: why an organisation may not text a contact. One row for the two. Pure.
//
// Texting is allowed while no entry stands. Entries are lifted one by one, each with its own rule; what was lifted,
// when and by what is kept.

#include "whistlestop/state/v1/optout.pb.h"
#include "whistlestop/v1/consent.pb.h"
#include <cstdint>
#include <string_view>

namespace whistlestop::optout {

using Ledger = state::v1::LedgerRow;
using Entry = state::v1::LedgerRow::Entry;

// Of one kind and cause the newest few stand beside each other; the ones before them say nothing more.
inline constexpr int alike_max = 4;
inline constexpr int history_max = 32;

// An entry whose id stands already changes nothing.
void add(Ledger& ledger, Entry entry);

// What a START lifts: an organisation's keyword, classified, manual, review and carrier's entries that are not newer
// than it (they stand before it in the log; where the times contradict that, opted out wins). Never an import, a block,
// a wrong number. False: there was nothing to lift.
struct Start {
    std::string_view id;
    std::int64_t received_ms;
};
[[nodiscard]] bool lift(Ledger& ledger, const Start& start, std::int64_t now_ms);

[[nodiscard]] const Entry* find(const Ledger& ledger, std::string_view id);
[[nodiscard]] bool was_answered(const Ledger& ledger);

[[nodiscard]] v1::ConsentRecord standing_of(const Ledger& ledger, std::string_view organisation,
                                            std::string_view contact);

}  // namespace whistlestop::optout
