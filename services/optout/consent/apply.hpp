#pragma once
// What decisions about consent do: rows and records. Nothing is decided here.

#include "whistlestop/state/v1/optout.pb.h"
#include "whistlestop/v1/controls.pb.h"
#include <string>
#include <string_view>

#include "common/commands/command.hpp"
#include "common/runtime/processor.hpp"
#include "common/views/directory_view.hpp"
#include "services/optout/consent/ledger.hpp"
#include "services/optout/consent/meaning.hpp"

namespace whistlestop::optout {

[[nodiscard]] std::string joined(std::string_view first, std::string_view second);

[[nodiscard]] Ledger ledger_of(Context& context, std::string_view contact, std::string_view organisation);

// Does anything forbid this organisation to text this contact?
[[nodiscard]] bool stands(Context& context, std::string_view contact, std::string_view organisation);

// Writes the row and says what stands now.
void keep(Context& context, Cause& cause, const Ledger& ledger, const v1::ConsentRecord& standing);

// Adds the entry to the ledger of these two.
struct Scope {
    std::string_view contact;
    std::string_view organisation;
};
void enter(Context& context, Cause& cause, const Scope& scope, const Entry& entry);

void emit_echo(Context& context, Cause& cause, const v1::Marker& marker, std::uint64_t directory_version);

struct HandledText {
    const std::string& id;  // account/provider id
    const v1::InboundText& text;
    const v1::Sender* sender;  // null: unknown
    Meaning meaning;
};
void emit_classified(Context& context, const HandledText& handled);

// Asks dispatch for the one text that tells the contact.
void emit_confirmation(Context& context, const state::v1::ConfirmationRow& confirmation,
                       std::string_view organisation_name);

}  // namespace whistlestop::optout
