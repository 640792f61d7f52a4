#include "services/inbox/thread/command.hpp"

#include <fmt/format.h>

#include "common/base/hash.hpp"
#include "common/commands/command.hpp"
#include "common/domain/names.hpp"
#include "common/domain/request_ids.hpp"
#include "services/inbox/thread/home.hpp"

namespace whistlestop::thread {
namespace {

constexpr std::size_t by_characters_max = 200;

const std::string& by_of(const v1::InboxCommand& command) {
    switch (command.command_case()) {
        case v1::InboxCommand::kAnswer: return command.answer().by();
        case v1::InboxCommand::kOptOut: return command.opt_out().by();
        case v1::InboxCommand::kNoReplyNeeded: return command.no_reply_needed().by();
        case v1::InboxCommand::COMMAND_NOT_SET: break;
    }
    return command.answer().by();
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos; }

// Who acts on a thread acts on what they saw of it. 0: whatever stands.
std::optional<Refusal> refuse_stale(const Thread& thread, const char* field, std::uint64_t seen_version) {
    if (seen_version == 0 || seen_version == thread.version()) return std::nullopt;
    return Refusal{field, fmt::format("the thread is at {}", thread.version())};
}

std::optional<Refusal> refuse_answer(const Thread& thread, const v1::InboxCommand::Answer& answer) {
    if (is_blank(answer.text())) return Refusal{"answer.text", "want a text"};
    if (const auto fits = check_text("answer.text", answer.text(), answer_characters_max); !fits)
        return refusal_of(fits.error());
    if (thread.opted_out()) return Refusal{"contact", "opted out"};
    if (thread.held()) return Refusal{"contact", "blocked, or held for review"};
    return refuse_stale(thread, "answer.thread_version", answer.thread_version());
}

}  // namespace

Result<void> check_names(const v1::InboxCommand& command) {
    if (const auto name = check_name("organisation", command.organisation()); !name) return name;
    if (is_thread_name(command.campaign())) return {};
    return fail(Fault::invalid, "campaign: want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
}

std::optional<Refusal> refuse(const Thread* thread, const v1::InboxCommand& command) {
    // Another organisation's thread is no thread of theirs: whether it exists is not told.
    if (thread == nullptr || thread->organisation() != command.organisation())
        return Refusal{"campaign", "no such thread"};
    if (const auto fits = check_text("by", by_of(command), by_characters_max); !fits) return refusal_of(fits.error());
    switch (command.command_case()) {
        case v1::InboxCommand::kAnswer: return refuse_answer(*thread, command.answer());
        case v1::InboxCommand::kNoReplyNeeded:
            return refuse_stale(*thread, "no_reply_needed.thread_version", command.no_reply_needed().thread_version());
        case v1::InboxCommand::kOptOut: return std::nullopt;
        case v1::InboxCommand::COMMAND_NOT_SET: break;
    }
    return Refusal{"command", "want one that is known"};
}

Answer answer_of(const Thread& thread, const v1::InboxCommand& command, std::int64_t now_ms) {
    Answer answer;
    answer.request_id = std::string{answer_prefix} + command.id();
    answer.text.set_id(std::string{bytes_of(digest({command.organisation(), command.contact(), answer.request_id}))});
    answer.text.set_at_ms(now_ms);
    answer.text.set_sender(std::string{sender_of(thread)});
    answer.text.set_text(command.answer().text());
    answer.text.set_state(v1::REQUEST_STATE_OPEN);
    answer.text.set_class_(v1::TEXT_CLASS_REPLY);
    answer.text.set_started_by(command.answer().by());
    answer.text.set_arrival(newest_arrival(thread));
    return answer;
}

}  // namespace whistlestop::thread
