#pragma once
// Envelope: CloudEvents 1.0 in Kafka's binary mode, on public topics. Attributes are headers, the value is the data.
//
// No header holds a number, a name or a text: intermediaries log headers.

#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/log/record.hpp"

namespace google::protobuf {
class Message;
}

namespace whistlestop {

inline constexpr std::string_view protobuf_content = "application/protobuf";
inline constexpr std::string_view json_content = "application/json";

struct Envelope {
    std::string_view id;  // the idempotency key
    std::string_view source;
    std::string_view type;
    std::optional<WallMs> time;
    std::string_view traceparent;
    std::string_view content_type;
};

// Views into the record. Fault::invalid names the attribute: id (1–200 characters), time (RFC 3339 where there is one).
[[nodiscard]] Result<Envelope> read_envelope(const Record& record);

// The value, in protobuf or its JSON mapping, as `content_type` says. Unknown protobuf fields are kept; unknown JSON
// names are refused by name. Fault::invalid says what is wrong, never what the value was.
[[nodiscard]] Result<void> read_value(std::string_view value, std::string_view content_type,
                                      google::protobuf::Message& into);

// Headers for a public record of ours. `type` is the last part, such as `outbound.event`.
[[nodiscard]] Headers envelope_headers(std::string_view id, std::string_view type, WallMs time,
                                       std::string_view traceparent);

[[nodiscard]] std::string to_json(const google::protobuf::Message& message);

[[nodiscard]] std::string rfc3339(WallMs time);
[[nodiscard]] std::optional<WallMs> parse_rfc3339(std::string_view text);

}  // namespace whistlestop
