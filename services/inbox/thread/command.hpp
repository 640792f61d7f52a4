#pragma once
// Commands: what volunteers, desks and platforms ask of a thread, and why not. Pure.

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/result.hpp"
#include "common/commands/refusal.hpp"
#include "services/inbox/thread/conversation.hpp"

namespace whistlestop::thread {

inline constexpr std::size_t answer_characters_max = 1600;  // Twilio refuses longer ones (21617)

// What makes a command no command of a thread at all. Fault::invalid names field and limit.
[[nodiscard]] Result<void> check_names(const v1::InboxCommand& command);

// `thread` may be null: there is none. Nothing: it is done.
[[nodiscard]] std::optional<Refusal> refuse(const Thread* thread, const v1::InboxCommand& command);

// The text that answers the newest text in, as it stands until dispatch says more.
struct Answer {
    std::string request_id;
    Text text;
};
[[nodiscard]] Answer answer_of(const Thread& thread, const v1::InboxCommand& command, std::int64_t now_ms);

}  // namespace whistlestop::thread
