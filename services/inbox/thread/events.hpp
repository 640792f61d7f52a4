#pragma once
// What happened to texts, and what contacts answered, as changes of threads.

#include "whistlestop/v1/inbound.pb.h"

#include "common/base/result.hpp"
#include "services/inbox/thread/threads.hpp"

namespace whistlestop::thread {

// Fault::invalid: the event names no text.
[[nodiscard]] Result<void> on_event(Threads& threads, const v1::OutboundEvent& event);

// A reply goes home; the same one twice is one.
void on_reply(Threads& threads, const v1::InboundClassified& reply);

}  // namespace whistlestop::thread
