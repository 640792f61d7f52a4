#pragma once
// A conversation: the texts of one thread, and what is asked of them. Pure: rows in, rows out.
//
// Events of one text may come in any order, and any number of times, and leave the same text behind: an end only
// replaces what it may, delivery only rises, and the time is the earliest that was told.

#include "whistlestop/state/v1/inbox.pb.h"
#include "whistlestop/v1/inbox.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace whistlestop::thread {

using Thread = state::v1::ThreadRow;
using Text = state::v1::ThreadText;

// So many texts stay in the row; once there are `archive_chunk` more, the oldest of them leave together.
inline constexpr int texts_kept = 50;
inline constexpr int archive_chunk = 10;

// Null where it is not there. Valid until a text is placed or taken.
[[nodiscard]] Text* find(Thread& thread, std::string_view id);

// Adds a text and counts it; an inbound one arrives. The same validity.
Text& place(Thread& thread, Text text);

// Takes a text out again, as if it had never been there.
[[nodiscard]] Text take(Thread& thread, std::string_view id);

// Does this event of an unknown text say that nothing was or will be sent? Then it was refused before it was accepted,
// and no conversation ever held it.
[[nodiscard]] bool was_never_there(const v1::OutboundEvent& event);

// What an event did to a text.
struct Change {
    bool visible = false;
    bool sent = false;  // whether or when it was sent is seen anew: replies may belong elsewhere
};
[[nodiscard]] Change apply(Text& text, const v1::OutboundEvent& event);

// Puts a text whose time has changed back in order.
void reorder(Thread& thread, std::string_view id);

// The oldest texts, once there are too many; empty before. What attention and home have to know of them stays.
[[nodiscard]] std::vector<Text> take_old(Thread& thread);

// The number of the newest text in; 0: there is none.
[[nodiscard]] std::uint64_t newest_arrival(const Thread& thread);
[[nodiscard]] const Text* newest_inbound(const Thread& thread);

// Our number that the conversation goes on with: the newest text's. Empty: there is no text.
[[nodiscard]] std::string_view sender_of(const Thread& thread);

void summarise(const Thread& thread, v1::ThreadSummary& into);

}  // namespace whistlestop::thread
