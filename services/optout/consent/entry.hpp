#pragma once
// Entries: what a text or a command puts into the ledger. Pure.

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include <string>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "services/optout/consent/ledger.hpp"
#include "services/optout/consent/meaning.hpp"

namespace whistlestop::optout {

// Of a text that means a stop.
[[nodiscard]] Entry entry_of(const std::string& inbound_id, const v1::InboundText& text, const Meaning& meaning);

// Fault::invalid names field and limit.
[[nodiscard]] Result<void> check_command(const v1::ConsentCommand& command);

// Of a command that passed. `at` is when it became durable: the time that its sender says cannot outdate a START.
[[nodiscard]] Entry entry_of(const v1::ConsentCommand& command, WallMs at);

}  // namespace whistlestop::optout
