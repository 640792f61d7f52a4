#include "services/optout/consent/apply.hpp"

#include "whistlestop/v1/outbound.pb.h"

#include "common/domain/names.hpp"
#include "common/domain/request_ids.hpp"
#include "common/runtime/rows.hpp"
#include "common/wire/envelope.hpp"
#include "services/optout/consent/confirmation.hpp"
#include "services/optout/consent/tables.hpp"

namespace whistlestop::optout {

std::string joined(std::string_view first, std::string_view second) {
    return std::string{first}.append("/").append(second);
}

Ledger ledger_of(Context& context, std::string_view contact, std::string_view organisation) {
    return ledgers.get(context, joined(contact, organisation)).value_or(Ledger{});
}

bool stands(Context& context, std::string_view contact, std::string_view organisation) {
    return !ledger_of(context, contact, organisation).entries().empty() ||
           !ledger_of(context, contact, everybody).entries().empty();
}

void keep(Context& context, Cause& cause, const Ledger& ledger, const v1::ConsentRecord& record) {
    const v1::Standing& standing = record.standing();
    ledgers.put(context, joined(standing.contact(), standing.organisation()), ledger);
    const Headers headers = envelope_headers(cause.next_id(), "consent", context.now().wall, "");
    // emit_latest would move it behind the echoes of this commit, and it must stand before those that come after it.
    context.emit({Topic::consent, standing.contact(), joined(standing.organisation(), standing.contact()),
                  record.SerializeAsString(), headers.encoded()});
}

void enter(Context& context, Cause& cause, const Scope& scope, const Entry& entry) {
    Ledger ledger = ledger_of(context, scope.contact, scope.organisation);
    add(ledger, entry);
    keep(context, cause, ledger, standing_of(ledger, scope.organisation, scope.contact));
}

void emit_echo(Context& context, Cause& cause, const v1::Marker& marker, std::uint64_t directory_version) {
    v1::ConsentRecord record;
    *record.mutable_echo()->mutable_marker() = marker;
    record.mutable_echo()->set_directory_version(directory_version);
    const Headers headers = envelope_headers(cause.next_id(), "consent", context.now().wall, "");
    context.emit({Topic::consent, marker.instance(), marker.instance(), record.SerializeAsString(), headers.encoded(),
                  cause.record.at.partition});
}

void emit_classified(Context& context, const HandledText& handled) {
    const Classified& found = handled.meaning.classified;
    v1::InboundClassified classified;
    *classified.mutable_text() = handled.text;
    classified.set_label(found.label);
    classified.set_action(found.action);
    classified.set_score(found.score);
    classified.set_rule(found.rule);
    classified.set_evidence(found.evidence);
    classified.set_version(found.version);
    if (handled.sender != nullptr) {
        const auto covered = covered_organisations(*handled.sender, context.now().wall);
        if (owner_of(*handled.sender).empty() && !covered.empty()) classified.add_organisations("");
        for (const std::string_view organisation : covered) classified.add_organisations(std::string{organisation});
    }
    const std::string& contact = handled.text.contact();
    const Headers headers = envelope_headers(handled.id, "inbound.classified", context.now().wall, "");
    context.emit({Topic::inbound_classified, contact, contact, classified.SerializeAsString(), headers.encoded()});
}

void emit_confirmation(Context& context, const state::v1::ConfirmationRow& confirmation,
                       std::string_view organisation_name) {
    v1::OutboundRequest request;
    request.set_id(std::string{confirmation_prefix} + confirmation.inbound_id());
    request.set_time_ms(context.now().wall.value);
    request.set_organisation(confirmation.organisation());
    request.set_contact(confirmation.contact());
    v1::SendText& send = *request.mutable_send();
    send.set_text(confirmation_text(organisation_name));
    send.set_class_(v1::TEXT_CLASS_CONFIRMATION);
    send.set_sender(confirmation.sender());
    send.set_expires_at_ms(confirmation.received_ms() + confirm_within_ms);
    context.emit(
        {Topic::outbound_answers, confirmation.contact(), confirmation.contact(), request.SerializeAsString()});
}

}  // namespace whistlestop::optout
