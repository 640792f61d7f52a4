#include "services/dispatch/text/events.hpp"

#include "common/base/hash.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop::dispatch {
namespace {

std::string_view suffix_of(v1::OutboundEvent::Kind kind) {
    switch (kind) {
        case v1::OutboundEvent::KIND_ACCEPTED: return "/accepted";
        case v1::OutboundEvent::KIND_ENDED: return "/ended";
        case v1::OutboundEvent::KIND_CORRECTED: return "/corrected";
        case v1::OutboundEvent::KIND_DELIVERY: return "/delivery/";
        case v1::OutboundEvent::KIND_CANCEL_REFUSED: return "/cancel_refused/";
        default: return "/";
    }
}

}  // namespace

void emit_event(Context& context, std::string_view text_id, const state::v1::TextRow& row, const EventDetail& detail) {
    v1::OutboundEvent event;
    event.set_kind(detail.kind);
    event.set_text_id(hex(text_id));
    event.set_request_id(row.request_id());
    event.set_organisation(row.organisation());
    event.set_contact(row.contact());
    event.set_campaign(row.campaign());
    event.set_step(row.step());
    event.set_sender(row.sender());
    event.set_state(row.state());
    event.set_delivery(row.delivery());
    event.set_field(std::string{detail.field});
    event.set_reason(std::string{detail.reason});
    event.set_class_(row.class_());
    event.set_at_ms(context.now().wall.value);
    if (row.state() == v1::REQUEST_STATE_SENT) event.set_sent_ms(row.started_ms());
    event.set_segments(row.segments());
    event.set_started_by(row.started_by());
    if (detail.kind == v1::OutboundEvent::KIND_ACCEPTED) event.set_text(row.text());

    std::string id = event.text_id();
    id.append(suffix_of(detail.kind)).append(detail.id_suffix);
    const Headers headers = envelope_headers(id, "outbound.event", context.now().wall, row.traceparent());
    context.emit({Topic::outbound_events, row.contact(), row.contact(), event.SerializeAsString(), headers.encoded()});
}

}  // namespace whistlestop::dispatch
