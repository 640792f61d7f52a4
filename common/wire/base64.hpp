#pragma once
// Base64 with padding (RFC 4648, section 4): how JSON carries protobuf.

#include <optional>
#include <string>
#include <string_view>

namespace whistlestop {

void append_base64(std::string& out, std::string_view bytes);

// Nothing if it is not canonical: a foreign character, no padding, or bits left over.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace whistlestop
