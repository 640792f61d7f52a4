#pragma once
// Thread: the conversations of every contact with every campaign, what needs attention, and what is asked of them.
//
// It sends nothing itself: an answer is a request on `outbound.replies`, an opt-out a command to optout, and what
// stands against a contact is mirrored from `consent`, never decided here.

#include "common/runtime/processor.hpp"

namespace whistlestop::thread {

// inbound.classified, consent, inbox.commands, outbound.events -> inbox.threads, inbox.events, outbound.replies,
// consent.commands.
[[nodiscard]] StageSpec thread_stage();

}  // namespace whistlestop::thread
