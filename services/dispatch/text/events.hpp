#pragma once
// Events: what the platform and the thread are told about a text.

#include "whistlestop/state/v1/dispatch.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <string_view>

#include "common/runtime/processor.hpp"

namespace whistlestop::dispatch {

// What the row does not say about one event.
struct EventDetail {
    v1::OutboundEvent::Kind kind = v1::OutboundEvent::KIND_UNSPECIFIED;
    std::string_view field = {};
    std::string_view reason = {};
    std::string_view id_suffix = {};  // tells several events of a kind apart
};

void emit_event(Context& context, std::string_view text_id, const state::v1::TextRow& row, const EventDetail& detail);

}  // namespace whistlestop::dispatch
