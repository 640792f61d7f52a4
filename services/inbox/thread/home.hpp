#pragma once
// Home: the thread that a text belongs to which names no campaign: a reply, an automatic text. Pure.
//
// It is that of the newest text of the same sender that was sent not after this one, whichever of the two was told
// first. When a text was sent is when its call started; where only a report told of it, that is later than the phone
// had it, and a reply may seem older than what it answers. So where nothing is known to have been sent by then, the
// newest text counts that may have been on its way.
//
// Of archived texts a thread remembers the newest of each sender. It stands for those before it: what is older goes to
// its thread where no other is better, and, once it has a thread, stays there.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "services/inbox/thread/conversation.hpp"

namespace whistlestop::thread {

[[nodiscard]] bool names_no_campaign(const Text& text);

// A text leaves the row, or what is known of one that has left it changes.
void remember_archived(Thread& thread, const Text& text);

// Could its home be an archived text that is no longer remembered?
[[nodiscard]] bool is_before_archived(std::span<Thread* const> threads, std::string_view sender, std::int64_t at_ms);

// The index of its thread among `threads`, which are all of the contact's that have texts of `sender`; -1: none.
[[nodiscard]] int home_of(std::span<Thread* const> threads, std::string_view sender, std::int64_t at_ms);

// Threads of reserved campaigns: where no text went before, of the sender's owner, or of nobody. Their ids are no names
// that a platform could choose.
inline constexpr std::string_view unowned = "@unowned";
[[nodiscard]] std::string catch_all_of(std::string_view owner);

// A campaign's id, or a catch-all's.
[[nodiscard]] bool is_thread_name(std::string_view campaign);

}  // namespace whistlestop::thread
