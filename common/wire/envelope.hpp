#pragma once
// Envelope: CloudEvents 1.0 in Kafka's binary mode, on public topics. Attributes are headers, the value is the data.
//
// No header holds a number, a name or a text: intermediaries log headers.

#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/log/record.hpp"
#include "common/wire/rfc3339.hpp"

namespace google::protobuf {
class Message;
}

namespace whistlestop {

inline constexpr std::string_view protobuf_content = "application/protobuf";
inline constexpr std::string_view json_content = "application/json";
inline constexpr std::size_t event_id_bytes_max = 200;

struct Envelope {
    std::string_view id;  // the idempotency key
    std::string_view source;
    std::string_view type;
    std::optional<WallMs> time;
    std::string_view traceparent;  // empty where it is not as W3C writes it
    std::string_view content_type;
};

// Views into the headers, which are as a record holds them. Fault::invalid names the attribute and what it wants: id (1
// to 200 bytes of UTF-8 without control characters), time (RFC 3339 where there is one), specversion (1.0 where there
// is one).
[[nodiscard]] Result<Envelope> read_envelope(std::string_view headers);
[[nodiscard]] inline Result<Envelope> read_envelope(const Record& record) { return read_envelope(record.headers); }

// The value, in protobuf or its JSON mapping, as `content_type` says. Unknown protobuf fields are kept; unknown JSON
// names are refused by name. Fault::invalid says what is wrong, never what the value was.
[[nodiscard]] Result<void> read_value(std::string_view value, std::string_view content_type,
                                      google::protobuf::Message& into);

// Headers for a public record of ours. `type` is the last part, such as `outbound.event`.
[[nodiscard]] Headers envelope_headers(std::string_view id, std::string_view type, WallMs time,
                                       std::string_view traceparent);

// The JSON mapping, on one line, with the names as the schema writes them.
[[nodiscard]] std::string to_json(const google::protobuf::Message& message);

// protobuf reports malformed input on stderr, in a form of its own. From here on it is silent; for main.
void silence_protobuf();

}  // namespace whistlestop
