#include "services/inbox/thread/stage.hpp"

#include "whistlestop/v1/consent.pb.h"
#include <memory>
#include <string>
#include <utility>

#include "common/base/check.hpp"
#include "common/commands/command.hpp"
#include "common/runtime/sweep.hpp"
#include "common/wire/envelope.hpp"
#include "services/inbox/thread/command.hpp"
#include "services/inbox/thread/events.hpp"
#include "services/inbox/thread/tables.hpp"
#include "services/inbox/thread/threads.hpp"

namespace whistlestop::thread {
namespace {

template <class Message>
bool parse(const Record& record, Message& into) {
    return into.ParseFromArray(record.value.data(), static_cast<int>(record.value.size()));
}

ContactThreads::Standing standing_of(const v1::Standing& consent) {
    ContactThreads::Standing standing;
    standing.set_organisation(consent.organisation());
    for (const v1::ConsentEntry& entry : consent.entries()) {
        if (entry.kind() == v1::ConsentEntry::KIND_STOP) standing.set_opted_out(true);
        if (entry.kind() == v1::ConsentEntry::KIND_BLOCK || entry.kind() == v1::ConsentEntry::KIND_REVIEW)
            standing.set_held(true);
    }
    return standing;
}

v1::OutboundRequest request_of(const Thread& thread, const Answer& answer, std::string_view traceparent) {
    v1::OutboundRequest request;
    request.set_id(answer.request_id);
    request.set_time_ms(answer.text.at_ms());
    request.set_traceparent(std::string{traceparent});
    request.set_organisation(thread.organisation());
    request.set_contact(thread.contact());
    v1::SendText& send = *request.mutable_send();
    send.set_campaign(thread.campaign());
    send.set_text(answer.text.text());
    send.set_started_by(answer.text.started_by());
    send.set_class_(v1::TEXT_CLASS_REPLY);
    send.set_sender(answer.text.sender());
    return request;
}

v1::ConsentCommand opt_out_of(const Thread& thread, const v1::InboxCommand& command, std::int64_t now_ms) {
    v1::ConsentCommand opt_out;
    opt_out.set_id("tag/" + command.id());
    opt_out.set_time_ms(now_ms);
    opt_out.set_organisation(command.organisation());
    opt_out.set_contact(command.contact());
    opt_out.mutable_opt_out()->set_cause(v1::ConsentEntry::CAUSE_MANUAL);
    opt_out.mutable_opt_out()->set_by(command.opt_out().by());
    if (const Text* reply = newest_inbound(thread); reply != nullptr)
        opt_out.mutable_opt_out()->set_inbound_id(reply->id());
    return opt_out;
}

// The event's id is unlike the command's: the two are different events.
void tell(Context& context, Cause& cause, const v1::InboxCommand& command, const CommandHead& head,
          const Refusal* refusal) {
    v1::InboxEvent event;
    event.set_command_id(command.id());
    event.set_organisation(command.organisation());
    event.set_campaign(command.campaign());
    event.set_contact(command.contact());
    event.set_accepted(refusal == nullptr);
    if (refusal != nullptr) {
        event.set_field(refusal->field);
        event.set_reason(refusal->reason);
    }
    const Headers headers = envelope_headers(cause.next_id(), "inbox.event", context.now().wall, head.traceparent);
    context.emit(
        {Topic::inbox_events, command.contact(), command.contact(), event.SerializeAsString(), headers.encoded()});
}

class ThreadProcessor final : public Processor {
public:
    explicit ThreadProcessor(std::uint16_t partition) : sweep_{command_rows, partition} {}

    void on_record(Context& context, const Record& record) override {
        switch (record.at.topic) {
            case Topic::outbound_events: return on_event(context, record);
            case Topic::inbound_classified: return on_reply(context, record);
            case Topic::consent: return on_consent(context, record);
            case Topic::inbox_commands: return on_command(context, record);
            default: check(false);
        }
    }

    void on_cycle(Context& context) override { sweep_.on_cycle(context); }

private:
    void on_event(Context& context, const Record& record) {
        if (!parse(record, event_)) return context.dead_letter(record, "data: not readable as OutboundEvent");
        Cause cause{record};
        threads_.begin(context, event_.contact());
        if (const auto applied = thread::on_event(threads_, event_); !applied)
            return context.dead_letter(record, applied.error().detail);
        threads_.save(cause);
    }

    void on_reply(Context& context, const Record& record) {
        v1::InboundClassified reply;
        if (!parse(record, reply)) return context.dead_letter(record, "data: not readable as InboundClassified");
        Cause cause{record};
        threads_.begin(context, reply.text().contact());
        thread::on_reply(threads_, reply);
        threads_.save(cause);
    }

    void on_consent(Context& context, const Record& record) {
        v1::ConsentRecord consent;
        if (!parse(record, consent)) return context.dead_letter(record, "data: not readable as ConsentRecord");
        if (!consent.has_standing()) return;
        Cause cause{record};
        threads_.begin(context, consent.standing().contact());
        threads_.stand(standing_of(consent.standing()));
        threads_.save(cause);
    }

    void on_command(Context& context, const Record& record) {
        v1::InboxCommand command;
        const auto head = read_identified(record, command);
        if (!head) return context.dead_letter(record, head.error().detail);
        if (const auto fits = check_contact(record, command.contact()); !fits)
            return context.dead_letter(record, fits.error().detail);
        if (pass_on(context, record, command.contact())) return;
        if (const auto fits = check_names(command); !fits) return context.dead_letter(record, fits.error().detail);
        if (const auto fits = check_age(record, *head); !fits) return context.dead_letter(record, fits.error().detail);

        const std::string key = command.organisation() + "/" + command.contact() + "/" + command.id();
        if (command_rows.get(context, key)) return;
        Cause cause{record};
        threads_.begin(context, command.contact());
        Thread* thread = threads_.find(command.campaign());
        const auto refusal = refuse(thread, command);
        state::v1::CommandRow row;
        row.set_accepted(!refusal);
        row.set_at_ms(context.now().wall.value);
        row.set_stub_until_ms(remembered_until_ms(*head, context.now().wall));
        command_rows.insert(context, key, row);
        tell(context, cause, command, *head, refusal ? &*refusal : nullptr);
        if (refusal) return;
        obey(context, *thread, command, *head);
        threads_.save(cause);
    }

    void obey(Context& context, Thread& thread, const v1::InboxCommand& command, const CommandHead& head) {
        const std::int64_t now_ms = context.now().wall.value;
        const std::string& contact = command.contact();
        if (command.has_answer()) {
            Answer answer = answer_of(thread, command, now_ms);
            const auto request = request_of(thread, answer, head.traceparent);
            context.emit({Topic::outbound_replies, contact, contact, request.SerializeAsString()});
            place(thread, std::move(answer.text));
            threads_.changed(thread);
        } else if (command.has_opt_out()) {
            emit_consent_command(context, opt_out_of(thread, command, now_ms), head.traceparent);
        } else if (thread.handled() < newest_arrival(thread)) {
            thread.set_handled(newest_arrival(thread));
            threads_.changed(thread);
        }
    }

    Sweep<state::v1::CommandRow> sweep_;
    Threads threads_;
    v1::OutboundEvent event_;  // here, as `threads_` is, for its memory alone
};

}  // namespace

StageSpec thread_stage() {
    StageSpec spec;
    spec.number = thread_stage_number;
    spec.name = "inbox.thread";
    spec.partitions = spec_of(Topic::outbound_events).partitions;
    // Consent first: optout says both in one commit, and the reply that says stop shall not ask for attention before.
    // It may, for a cycle, where the reply became readable between two looks.
    spec.inputs = {{Topic::consent, Priority::said},
                   {Topic::inbound_classified, Priority::said},
                   {Topic::inbox_commands, Priority::command},
                   {Topic::outbound_events, Priority::event}};
    spec.make = [](std::uint16_t partition) { return std::make_unique<ThreadProcessor>(partition); };
    return spec;
}

}  // namespace whistlestop::thread
