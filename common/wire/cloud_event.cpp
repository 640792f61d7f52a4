#include "common/wire/cloud_event.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "common/domain/utf8.hpp"
#include "common/wire/base64.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/schema.hpp"

namespace whistlestop {
namespace {

namespace json = boost::json;

constexpr std::string_view letter_prefix = "dlq";

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

bool is_attribute_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, allowed);
}

// An attribute's value as a header holds it; nothing for what a header cannot hold.
std::optional<std::string> attribute_text(const json::value& value) {
    if (const json::string* text = value.if_string()) return std::string{view(*text)};
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (value.is_int64() || value.is_uint64()) return json::serialize(value);
    return std::nullopt;
}

std::string header_name(std::string_view attribute) {
    if (attribute == "datacontenttype") return "content-type";
    if (attribute == "traceparent") return std::string{attribute};
    return "ce_" + std::string{attribute};
}

Result<void> add_attribute(std::string_view name, const json::value& value, NewEvent& event) {
    if (!is_attribute_name(name))
        return fail(Fault::invalid, "attributes: want names of 1 to 64 characters of a-z 0-9");
    const auto text = attribute_text(value);
    if (!text) return fail(Fault::invalid, std::string{name} + ": want a text, a whole number or a boolean");
    if (text->size() > event_attribute_bytes_max)
        return fail(Fault::invalid,
                    fmt::format("{}: {} bytes, at most {}", name, text->size(), event_attribute_bytes_max));
    if (name == "partitionkey")
        event.key = *text;
    else if (name != "position")  // where somebody read it; it gets a new one
        event.headers.add(header_name(name), *text);
    return {};
}

Result<std::string> read_data(const json::object& members) {
    const json::value* const data = members.if_contains("data");
    const json::value* const base64 = members.if_contains("data_base64");
    if ((data == nullptr) == (base64 == nullptr)) return fail(Fault::invalid, "data: want data or data_base64");
    if (data != nullptr) return json::serialize(*data);
    const json::string* const text = base64->if_string();
    auto bytes = text != nullptr ? decode_base64(view(*text)) : std::nullopt;
    if (!bytes) return fail(Fault::invalid, "data_base64: not base64");
    return *std::move(bytes);
}

// `data` is JSON whatever is said; without a word, `data_base64` is protobuf.
Result<void> settle_content_type(const json::object& members, NewEvent& event) {
    const std::string_view implied = members.contains("data") ? json_content : protobuf_content;
    const auto said = find_header(event.headers.encoded(), "content-type");
    if (!said) {
        event.headers.add("content-type", implied);
        return {};
    }
    if (said->starts_with(implied)) return {};
    return fail(Fault::invalid, fmt::format("datacontenttype: want {} here", implied));
}

std::string contact_of(const json::object& members) {
    const json::value* const data = members.if_contains("data");
    if (data == nullptr || !data->is_object()) return {};
    const json::value* const contact = data->get_object().if_contains("contact");
    return contact != nullptr && contact->is_string() ? std::string{view(contact->get_string())} : std::string{};
}

Result<NewEvent> from_members(const json::object& members) {
    if (!members.contains("specversion")) return fail(Fault::invalid, "specversion: want 1.0");
    NewEvent event;
    for (const auto& [name, value] : members) {
        if (name == "data" || name == "data_base64") continue;
        if (const auto added = add_attribute(view(name), value, event); !added) return std::unexpected{added.error()};
    }
    if (const auto settled = settle_content_type(members, event); !settled) return std::unexpected{settled.error()};
    auto data = read_data(members);
    if (!data) return std::unexpected{std::move(data.error())};
    if (data->size() > event_data_bytes_max)
        return fail(Fault::invalid, fmt::format("data: {} bytes, at most {}", data->size(), event_data_bytes_max));
    event.value = *std::move(data);
    if (event.key.empty()) event.key = contact_of(members);

    const auto envelope = read_envelope(event.headers.encoded());
    if (!envelope) return std::unexpected{envelope.error()};
    return event;
}

// Appends ,"name":"value". A value that is not UTF-8 cannot stand in JSON and is left out.
void append_member(std::string& out, std::string_view name, std::string_view value) {
    if (!is_utf8(value)) return;
    out += out.ends_with('{') ? "\"" : ",\"";
    out += name;
    out += "\":";
    const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
    if (std::ranges::all_of(value, plain))
        out.append("\"").append(value).append("\"");
    else
        out += json::serialize(json::string_view{value.data(), value.size()});
}

// Headers that are no attribute keep of their name what an attribute's may hold; those that the gateway puts on a dead
// letter (`source`, `reason`) are told apart from the letter's own.
std::string attribute_name(std::string_view header, Topic topic) {
    if (header == "content-type") return "datacontenttype";
    std::string name;
    if (header.starts_with("ce_"))
        header.remove_prefix(3);
    else if (topic == Topic::dlq && header != "traceparent")
        name = letter_prefix;
    std::ranges::copy_if(header, std::back_inserter(name), [](char c) { return is_attribute_name({&c, 1}); });
    return name;
}

// What every CloudEvent has, where the record says nothing.
void append_missing(std::string& out, const Record& record, const std::string& position) {
    const std::string_view topic = spec_of(record.at.topic).name;
    const auto supply = [&](std::string_view header, std::string_view name, const std::string& value) {
        if (!record.header(header)) append_member(out, name, value);
    };
    supply("ce_specversion", "specversion", "1.0");
    supply("ce_id", "id", fmt::format("{}/{}", topic, position));
    supply("ce_source", "source", "/whistlestop");
    supply("ce_type", "type", fmt::format("org.whistlestop.{}.v1", topic));
    supply("ce_time", "time", rfc3339(record.time));
    supply("content-type", "datacontenttype", std::string{protobuf_content});
}

std::string_view text_of(const json::object& members, std::string_view name) {
    const json::value* const value = members.if_contains(name);
    return value != nullptr && value->is_string() ? view(value->get_string()) : std::string_view{};
}

// A line as cloud_event_line() writes it.
struct StoredEvent {
    json::object members;  // but the data
    std::string content_type;
    std::string data;
};

std::optional<StoredEvent> stored_event(std::string_view line) {
    boost::system::error_code error;
    json::value parsed = json::parse({line.data(), line.size()}, error);
    if (error || !parsed.is_object()) return std::nullopt;
    StoredEvent event{std::move(parsed.get_object()), {}, {}};
    if (!event.members.contains("data_base64")) return std::nullopt;
    auto data = decode_base64(text_of(event.members, "data_base64"));
    if (!data) return std::nullopt;
    event.data = *std::move(data);
    event.content_type = text_of(event.members, "datacontenttype");
    event.members.stable_erase("data_base64");
    return event;
}

// `data` is JSON, and goes in as it is.
std::string with_data(json::object& members, std::string_view content_type, std::string_view data) {
    members["datacontenttype"] = json::string_view{content_type.data(), content_type.size()};
    std::string line = json::serialize(members);
    line.pop_back();  // the closing brace
    return line.append(",\"data\":").append(data).append("}");
}

}  // namespace

Result<NewEvent> parse_cloud_event(std::string_view line) {
    std::array<unsigned char, 4096> first_block;  // most lines need no more
    json::monotonic_resource memory{first_block.data(), first_block.size()};
    boost::system::error_code error;
    const json::value parsed = json::parse({line.data(), line.size()}, error, &memory);
    if (error || !parsed.is_object()) return fail(Fault::invalid, "line: not a JSON object");
    return from_members(parsed.get_object());
}

std::string cloud_event_line(const Record& record) {
    const std::string position = fmt::format("{}:{}", record.at.partition, record.offset);
    std::string line = "{";
    line.reserve(512 + record.headers.size() + record.value.size() * 4 / 3);
    append_missing(line, record, position);
    std::string_view rest = record.headers;
    while (const auto header = next_header(rest))
        append_member(line, attribute_name(header->name, record.at.topic), header->value);
    if (!record.key.empty()) append_member(line, "partitionkey", record.key);
    append_member(line, "position", position);
    line += ",\"data_base64\":\"";
    append_base64(line, record.value);
    line += "\"}";
    return line;
}

std::string readable_line(std::string_view line, google::protobuf::Message& scratch) {
    auto event = stored_event(line);
    if (!event || !read_value(event->data, event->content_type, scratch)) return std::string{line};
    return with_data(event->members, json_content, to_json(scratch));
}

std::string readable_letter(std::string_view line) {
    auto event = stored_event(line);
    if (!event) return std::string{line};
    const auto source = topic_named(text_of(event->members, std::string{letter_prefix} + "source"));
    const auto scratch = source ? new_message(*source) : nullptr;
    if (scratch && read_value(event->data, event->content_type, *scratch))
        return with_data(event->members, json_content, to_json(*scratch));
    if (!is_utf8(event->data)) return std::string{line};
    return with_data(event->members, "text/plain", json::serialize(json::string_view{event->data}));
}

}  // namespace whistlestop
