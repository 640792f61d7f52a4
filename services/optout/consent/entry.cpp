#include "services/optout/consent/entry.hpp"

#include "common/commands/command.hpp"
#include "common/domain/names.hpp"

namespace whistlestop::optout {
namespace {

using v1::ConsentEntry;

constexpr std::size_t evidence_characters_max = 1000;
constexpr std::size_t by_characters_max = 200;
constexpr std::size_t inbound_id_characters_max = 200;

}  // namespace

Entry entry_of(const std::string& inbound_id, const v1::InboundText& text, const Meaning& meaning) {
    Entry entry;
    ConsentEntry& consent = *entry.mutable_entry();
    consent.set_id(inbound_id);
    consent.set_kind(ConsentEntry::KIND_STOP);
    consent.set_cause(meaning.cause);
    consent.set_at_ms(text.received_ms());
    consent.set_evidence(meaning.classified.evidence);
    consent.set_version(meaning.classified.version);
    return entry;
}

Result<void> check_command(const v1::ConsentCommand& command) {
    if (const auto name = check_name("organisation", command.organisation()); !name) return name;
    if (!command.has_opt_out()) return fail(Fault::invalid, "command: want one that is known");
    const auto& opt_out = command.opt_out();
    if (opt_out.cause() != ConsentEntry::CAUSE_MANUAL && opt_out.cause() != ConsentEntry::CAUSE_CARRIER)
        return fail(Fault::invalid, "opt_out.cause: want CAUSE_MANUAL or CAUSE_CARRIER");
    if (const auto fits = check_text("opt_out.evidence", opt_out.evidence(), evidence_characters_max); !fits)
        return fits;
    if (const auto fits = check_text("opt_out.by", opt_out.by(), by_characters_max); !fits) return fits;
    return check_text("opt_out.inbound_id", opt_out.inbound_id(), inbound_id_characters_max);
}

Entry entry_of(const v1::ConsentCommand& command, WallMs at) {
    const auto& opt_out = command.opt_out();
    Entry entry;
    ConsentEntry& consent = *entry.mutable_entry();
    consent.set_id(command.id());
    consent.set_kind(ConsentEntry::KIND_STOP);
    consent.set_cause(opt_out.cause());
    consent.set_at_ms(at.value);
    consent.set_evidence(opt_out.evidence().empty() ? opt_out.by() : opt_out.evidence());
    entry.set_by(opt_out.by());
    return entry;
}

}  // namespace whistlestop::optout
