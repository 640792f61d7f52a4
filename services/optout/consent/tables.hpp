#pragma once
// The stage's number and tables. They are part of every key on disk: never reuse one.

#include "whistlestop/state/v1/optout.pb.h"

#include "common/runtime/rows.hpp"

namespace whistlestop::optout {

inline constexpr std::uint8_t consent_stage_number = 3;

// How long the id of a text is remembered that changed nobody's consent: no carrier repeats a webhook later.
inline constexpr std::int64_t inbound_kept_ms = std::int64_t{400} * 24 * 3600 * 1000;

inline constexpr Rows<state::v1::InboundRow> inbound_rows{TableId{first_free_table}};
inline constexpr Rows<state::v1::LedgerRow> ledgers{TableId{first_free_table + 1}};
inline constexpr Rows<state::v1::ConsentCommandRow> command_rows{TableId{first_free_table + 2}};
inline constexpr Rows<state::v1::ConfirmationRow> confirmations{TableId{first_free_table + 3}};

}  // namespace whistlestop::optout
