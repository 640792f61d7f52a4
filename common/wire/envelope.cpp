#include "common/wire/envelope.hpp"

#include <algorithm>

#include "common/domain/utf8.hpp"

namespace whistlestop {
namespace {

constexpr std::string_view attribute_prefix = "ce_";
constexpr std::string_view type_prefix = "org.whistlestop.";
constexpr std::string_view type_version = ".v1";
constexpr std::string_view our_source = "/whistlestop";

bool is_id(std::string_view id) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !id.empty() && id.size() <= event_id_bytes_max && std::ranges::none_of(id, control) && is_utf8(id);
}

bool is_lower_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// W3C Trace Context, version 00: 00-<32 hex>-<16 hex>-<2 hex>.
bool is_traceparent(std::string_view text) {
    return text.size() == 55 && text.starts_with("00-") && is_lower_hex(text.substr(3, 32)) && text[35] == '-' &&
           is_lower_hex(text.substr(36, 16)) && text[52] == '-' && is_lower_hex(text.substr(53));
}

// What stands in the headers, unchecked; `time` apart, since it is text there. The first of a name counts.
struct Attributes {
    Envelope envelope;
    std::string_view time;
    std::string_view specversion;

    std::string_view* place(std::string_view name) {
        if (name == "content-type") return &envelope.content_type;
        if (name == "traceparent") return &envelope.traceparent;
        if (!name.starts_with(attribute_prefix)) return nullptr;
        name.remove_prefix(attribute_prefix.size());
        if (name == "id") return &envelope.id;
        if (name == "source") return &envelope.source;
        if (name == "type") return &envelope.type;
        if (name == "time") return &time;
        if (name == "specversion") return &specversion;
        return nullptr;
    }
};

}  // namespace

Result<Envelope> read_envelope(std::string_view headers) {
    Attributes found;
    while (const auto header = next_header(headers)) {
        std::string_view* const place = found.place(header->name);
        if (place != nullptr && place->data() == nullptr) *place = header->value;
    }
    Envelope& envelope = found.envelope;
    if (!found.specversion.empty() && found.specversion != "1.0") return fail(Fault::invalid, "specversion: want 1.0");
    if (!is_id(envelope.id)) return fail(Fault::invalid, "id: want 1 to 200 bytes of UTF-8 without control characters");
    if (found.time.data() != nullptr) {
        envelope.time = parse_rfc3339(found.time);
        if (!envelope.time) return fail(Fault::invalid, "time: want RFC 3339");
    }
    if (!is_traceparent(envelope.traceparent)) envelope.traceparent = {};
    return envelope;
}

Headers envelope_headers(std::string_view id, std::string_view type, WallMs time, std::string_view traceparent) {
    std::string full_type;
    full_type.reserve(type_prefix.size() + type.size() + type_version.size());
    full_type.append(type_prefix).append(type).append(type_version);

    Headers headers;
    headers.add("ce_specversion", "1.0")
        .add("ce_id", id)
        .add("ce_source", our_source)
        .add("ce_type", full_type)
        .add("ce_time", rfc3339(time))
        .add("content-type", protobuf_content);
    if (!traceparent.empty()) headers.add("traceparent", traceparent);
    return headers;
}

}  // namespace whistlestop
