#pragma once
// Command: what is asked for on a topic that platforms may write, read at the stage's door.
//
// Platforms send CloudEvents, and so do stages of ours on public topics; on internal ones these send protobuf alone
// with the id as a field, and no headers at all. Both are equal: who can write the topic may ask for all that its
// commands can.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/log/record.hpp"
#include "common/runtime/processor.hpp"

namespace google::protobuf {
class Message;
}

namespace whistlestop::v1 {
class ConsentCommand;
}

namespace whistlestop {

inline constexpr std::size_t command_bytes_max = std::size_t{64} * 1024;
// How long a command's row is its dedupe: as long as the topics of commands keep what could be read again.
inline constexpr std::int64_t command_horizon_ms = std::int64_t{14} * 24 * 3600 * 1000;

struct CommandHead {
    std::string_view id;  // a view into the record; empty: internal, the message holds it
    std::string_view traceparent;
    std::optional<WallMs> time;
};

// Fault::invalid names the attribute, the field or the limit.
[[nodiscard]] Result<CommandHead> read_command(const Record& record, google::protobuf::Message& into);

// The same for messages that have an `id` for internal use: `into` holds it either way.
template <class Message>
[[nodiscard]] Result<CommandHead> read_identified(const Record& record, Message& into) {
    auto head = read_command(record, into);
    if (!head) return head;
    if (!head->id.empty()) into.set_id(std::string{head->id});
    if (into.id().empty()) return fail(Fault::invalid, "id: want 1 to 200 bytes");
    return head;
}

// A command that was written later than its row may have been swept: a repeat could not be told from a new one.
[[nodiscard]] Result<void> check_age(const Record& record, const CommandHead& head);
// Until when the command's row is kept.
[[nodiscard]] std::int64_t remembered_until_ms(const CommandHead& head, WallMs now);

// What a stage of ours asks of consent, in the envelope that everybody has on a public topic. The envelope's id is the
// command's, or a hash of it where that is longer than an envelope takes.
void emit_consent_command(Context& context, const v1::ConsentCommand& command, std::string_view traceparent);

// The contact a command names: E.164, and the record's key if there is one. Fault::invalid says which it is not.
[[nodiscard]] Result<void> check_contact(const Record& record, std::string_view contact);

// A command for `contact` belongs to the contact's partition, whoever wrote it. Somewhere else, it is passed on to
// where it belongs: true, and this task is done with it.
[[nodiscard]] bool pass_on(Context& context, const Record& record, std::string_view contact);

// The bounds that several commands share. Fault::invalid names field and limit, never the value.
[[nodiscard]] Result<void> check_text(std::string_view field, std::string_view value, std::size_t characters_max);
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

// An id for a record that `cause` led to; the same after every replay. `index` tells several of one cause apart.
[[nodiscard]] std::string derived_id(const Record& cause, std::size_t index);

// The record that is being handled, and how many others it has led to.
struct Cause {
    const Record& record;
    std::size_t outputs = 0;

    [[nodiscard]] std::string next_id() { return derived_id(record, outputs++); }
};

}  // namespace whistlestop
