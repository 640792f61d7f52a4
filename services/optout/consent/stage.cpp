#include "services/optout/consent/stage.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/domain/names.hpp"
#include "common/runtime/sweep.hpp"
#include "services/optout/consent/apply.hpp"
#include "services/optout/consent/confirmation.hpp"
#include "services/optout/consent/entry.hpp"
#include "services/optout/consent/tables.hpp"

namespace whistlestop::optout {
namespace {

using Confirmation = state::v1::ConfirmationRow;

// What the confirmation of `entry` is about; the organisation is the sender's owner.
Confirmation confirmation_of(const Entry& entry, const Scope& scope, const state::v1::InboundRow& reply) {
    Confirmation confirmation;
    confirmation.set_organisation(std::string{scope.organisation});
    confirmation.set_contact(std::string{scope.contact});
    confirmation.set_sender(reply.sender());
    confirmation.set_received_ms(reply.received_ms());
    confirmation.set_entry_id(entry.entry().id());
    return confirmation;
}

state::v1::InboundRow row_of(const v1::InboundText& text) {
    state::v1::InboundRow row;
    row.set_contact(text.contact());
    row.set_sender(text.sender());
    row.set_received_ms(text.received_ms());
    return row;
}

// Their ids are kept as long as the ledger: an old stop or start that comes again must not undo what came after it.
bool changes_consent(const Meaning& meaning) { return meaning.classified.action == v1::ACTION_OPTOUT || meaning.lifts; }

class ConsentProcessor final : public Processor {
public:
    ConsentProcessor(const DirectoryView& directory, Classify classify, std::uint16_t partition)
        : directory_{directory},
          classify_{std::move(classify)},
          inbound_sweep_{inbound_rows, partition},
          command_sweep_{command_rows, partition} {}

    void on_record(Context& context, const Record& record) override {
        Cause cause{record};
        if (record.at.topic == Topic::consent_commands) return on_command(context, cause);
        v1::InboundRecord inbound;
        if (!inbound.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())))
            return context.dead_letter(record, "data: not readable as InboundRecord");
        if (inbound.has_marker()) return emit_echo(context, cause, inbound.marker(), directory_.version());
        on_text(context, cause, inbound.text());
    }

    void on_timer(Context& context, const Timer& timer) override {
        const auto confirmation = confirmations.get(context, timer.id);
        if (!confirmation) return;
        confirmations.erase(context, timer.id);
        if (still_due(context, *confirmation)) confirm(context, *confirmation);
    }

    void on_cycle(Context& context) override {
        inbound_sweep_.on_cycle(context);
        command_sweep_.on_cycle(context);
    }

private:
    void on_text(Context& context, Cause& cause, const v1::InboundText& text) const {
        if (text.account().empty() || text.provider_id().empty() || text.contact().empty())
            return context.dead_letter(cause.record, "text: want account, provider_id and contact");
        const std::string id = joined(text.account(), text.provider_id());
        if (inbound_rows.get(context, id)) return;
        const HandledText handled{id, text, directory_.sender(text.sender()), meaning_of(text, classify_)};
        state::v1::InboundRow row = row_of(text);
        if (!changes_consent(handled.meaning)) row.set_stub_until_ms(context.now().wall.value + inbound_kept_ms);
        inbound_rows.insert(context, id, row);

        emit_classified(context, handled);
        // A review stands on `inbound.classified` alone: there is no list yet from which a person could decide, and who
        // is held without one would be held for good.
        if (handled.meaning.classified.action == v1::ACTION_OPTOUT)
            stop(context, cause, handled);
        else if (handled.meaning.lifts)
            start(context, cause, handled);
    }

    void stop(Context& context, Cause& cause, const HandledText& handled) const {
        const v1::InboundText& text = handled.text;
        const v1::Sender unknown;
        const v1::Sender& sender = handled.sender == nullptr ? unknown : *handled.sender;
        const std::string_view owner = owner_of(sender);

        ConfirmationFacts facts;
        facts.owned = !owner.empty();
        facts.stood_before = stands(context, text.contact(), owner);
        facts.carrier_answers = carrier_answers(sender.keywords(), text);
        facts.age_ms = context.now().wall.value - text.received_ms();
        Entry entry = entry_of(handled.id, text, handled.meaning);
        const bool confirms = may_confirm(facts);
        entry.set_answered(confirms || facts.carrier_answers);

        auto covered = covered_organisations(sender, context.now().wall);
        if (covered.empty()) covered.push_back(everybody);
        for (const std::string_view organisation : covered)
            enter(context, cause, {text.contact(), organisation}, entry);
        if (!confirms) return;
        Confirmation confirmation = confirmation_of(entry, {text.contact(), owner}, row_of(text));
        confirmation.set_inbound_id(handled.id);
        confirm(context, confirmation);
    }

    // A stop is obeyed whoever brings it; what lifts one comes by the account of the sender that it names.
    static void start(Context& context, Cause& cause, const HandledText& handled) {
        if (handled.sender == nullptr || handled.sender->account() != handled.text.account()) return;
        const std::string_view owner = owner_of(*handled.sender);
        if (owner.empty()) return;
        const std::string& contact = handled.text.contact();
        Ledger ledger = ledger_of(context, contact, owner);
        if (!lift(ledger, {handled.id, handled.text.received_ms()}, context.now().wall.value)) return;
        keep(context, cause, ledger, standing_of(ledger, owner, contact));
    }

    void on_command(Context& context, Cause& cause) const {
        v1::ConsentCommand command;
        const auto head = read_identified(cause.record, command);
        if (!head) return context.dead_letter(cause.record, head.error().detail);
        if (const auto fits = check_contact(cause.record, command.contact()); !fits)
            return context.dead_letter(cause.record, fits.error().detail);
        if (pass_on(context, cause.record, command.contact())) return;
        if (const auto fits = check_command(command); !fits)
            return context.dead_letter(cause.record, fits.error().detail);

        const std::string key = joined(joined(command.organisation(), command.contact()), command.id());
        if (command_rows.get(context, key)) return;
        state::v1::ConsentCommandRow row;
        row.set_at_ms(context.now().wall.value);
        // However old it says it is, it is obeyed: a stop that comes again is the lesser evil.
        row.set_stub_until_ms(remembered_until_ms(*head, context.now().wall));
        command_rows.insert(context, key, row);
        opt_out(context, cause, command);
    }

    void opt_out(Context& context, Cause& cause, const v1::ConsentCommand& command) const {
        const Scope scope{command.contact(), command.organisation()};
        const bool stood_before = stands(context, scope.contact, scope.organisation);
        const Entry entry = entry_of(command, cause.record.time);
        enter(context, cause, scope, entry);
        if (entry.entry().cause() != v1::ConsentEntry::CAUSE_MANUAL || stood_before) return;
        const auto reply = inbound_rows.get(context, command.opt_out().inbound_id());
        if (!reply || reply->contact() != scope.contact) return;
        Confirmation confirmation = confirmation_of(entry, scope, *reply);
        confirmation.set_inbound_id(command.opt_out().inbound_id());
        wait(context, confirmation);
    }

    // The time to undo it passes first.
    static void wait(Context& context, const Confirmation& confirmation) {
        const WallMs due = context.now().wall + undo_ms;
        if (due.value >= confirmation.received_ms() + confirm_within_ms) return;
        const std::string id = joined(confirmation.organisation(), confirmation.inbound_id());
        confirmations.put(context, id, confirmation);
        context.arm({due, id});
    }

    // What it confirms still stands, and nobody has told the contact meanwhile. That a block lets nothing pass,
    // dispatch sees to.
    [[nodiscard]] bool still_due(Context& context, const Confirmation& confirmation) const {
        const Ledger ledger = ledger_of(context, confirmation.contact(), confirmation.organisation());
        if (find(ledger, confirmation.entry_id()) == nullptr || was_answered(ledger)) return false;
        const v1::Sender* sender = directory_.sender(confirmation.sender());
        ConfirmationFacts facts;
        facts.owned = sender != nullptr && owner_of(*sender) == confirmation.organisation();
        facts.age_ms = context.now().wall.value - confirmation.received_ms();
        return may_confirm(facts);
    }

    void confirm(Context& context, const Confirmation& confirmation) const {
        const v1::Organisation* organisation = directory_.organisation(confirmation.organisation());
        emit_confirmation(context, confirmation, organisation == nullptr ? "" : organisation->name());
    }

    const DirectoryView& directory_;
    Classify classify_;
    Sweep<state::v1::InboundRow> inbound_sweep_;
    Sweep<state::v1::ConsentCommandRow> command_sweep_;
};

}  // namespace

StageSpec consent_stage(const DirectoryView& directory, Classify classify) {
    StageSpec spec;
    spec.number = consent_stage_number;
    spec.name = "optout.consent";
    spec.partitions = spec_of(Topic::inbound).partitions;
    spec.inputs = {{Topic::inbound, Priority::said}, {Topic::consent_commands, Priority::command}};
    spec.make = [&directory, classify = std::move(classify)](std::uint16_t partition) {
        return std::make_unique<ConsentProcessor>(directory, classify, partition);
    };
    return spec;
}

}  // namespace whistlestop::optout
