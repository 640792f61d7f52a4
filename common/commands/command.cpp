#include "common/commands/command.hpp"

#include <fmt/format.h>

#include "whistlestop/v1/consent.pb.h"
#include <algorithm>

#include "common/base/hash.hpp"
#include "common/domain/phone.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop {
namespace {

Result<CommandHead> read_public(const Record& record, google::protobuf::Message& into) {
    const auto envelope = read_envelope(record);
    if (!envelope) return std::unexpected{envelope.error()};
    if (const auto read = read_value(record.value, envelope->content_type, into); !read)
        return std::unexpected{read.error()};
    return CommandHead{envelope->id, envelope->traceparent, envelope->time};
}

}  // namespace

Result<CommandHead> read_command(const Record& record, google::protobuf::Message& into) {
    if (record.value.size() > command_bytes_max)
        return fail(Fault::invalid, fmt::format("data: {} bytes, at most {}", record.value.size(), command_bytes_max));
    if (!record.headers.empty()) return read_public(record, into);
    if (const auto read = read_value(record.value, protobuf_content, into); !read) return std::unexpected{read.error()};
    return CommandHead{};
}

Result<void> check_age(const Record& record, const CommandHead& head) {
    if (record.time - head.time.value_or(record.time) <= command_horizon_ms) return {};
    return fail(Fault::invalid, "time: more than 14 days ago");
}

std::int64_t remembered_until_ms(const CommandHead& head, WallMs now) {
    return std::max(now, head.time.value_or(now)).value + command_horizon_ms;
}

void emit_consent_command(Context& context, const v1::ConsentCommand& command, std::string_view traceparent) {
    const bool fits = command.id().size() <= event_id_bytes_max;
    const std::string id = fits ? command.id() : hex(digest({command.id()}));
    const Headers headers = envelope_headers(id, "consent.command", context.now().wall, traceparent);
    const std::string& contact = command.contact();
    context.emit({Topic::consent_commands, contact, contact, command.SerializeAsString(), headers.encoded()});
}

Result<void> check_contact(const Record& record, std::string_view contact) {
    if (const auto phone = Phone::parse(contact); !phone)
        return fail(Fault::invalid, "contact: " + phone.error().detail);
    if (record.key.empty() || record.key == contact) return {};
    return fail(Fault::invalid, "key: want the contact");
}

bool pass_on(Context& context, const Record& record, std::string_view contact) {
    if (place(record.at.topic, contact) == record.at) return false;
    context.emit({record.at.topic, contact, contact, record.value, record.headers});
    return true;
}

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<void> check_text(std::string_view field, std::string_view value, std::size_t characters_max) {
    const std::size_t characters = count_characters(value);
    if (characters <= characters_max) return {};
    return fail(Fault::invalid, fmt::format("{}: {} characters, at most {}", field, characters, characters_max));
}

std::string derived_id(const Record& cause, std::size_t index) {
    return fmt::format("{}/{}/{}/{}", spec_of(cause.at.topic).name, cause.at.partition, cause.offset, index);
}

}  // namespace whistlestop
