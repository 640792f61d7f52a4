#pragma once
// Attention: does somebody have to look at this thread? Pure. The rule is the field's, section 2.
//
// A thread needs attention when its newest text in is newer than its newest handling, and the contact is neither opted
// out nor blocked nor held for review. Handling is an answer that the carrier has accepted and that was not lost on its
// way since, or "no reply needed". What is newer is told by arrivals, not by clocks: an answer handles what stood in
// the thread when it was written, not what came while it was on its way.

#include "services/inbox/thread/conversation.hpp"

namespace whistlestop::thread {

[[nodiscard]] bool needs_attention(const Thread& thread);

// Did this text answer what it answered?
[[nodiscard]] bool is_handling(const Text& text);

}  // namespace whistlestop::thread
