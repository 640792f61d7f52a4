#pragma once
// Twilio's ids of messages: the carrier's answers hold them, and its webhooks.
//
// Source: Twilio, "What is a String Identifier (SID)?": 34 characters, two letters that name the kind (a message: SM or
// MM) and 32 hexadecimal digits; error 90001 "Message SID is invalid": of either case.

#include <algorithm>
#include <string_view>

namespace whistlestop::twilio {

[[nodiscard]] constexpr bool is_message_sid(std::string_view text) {
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    return text.size() == 34 && (text.starts_with("SM") || text.starts_with("MM")) &&
           std::ranges::all_of(text.substr(2), is_hex);
}

}  // namespace whistlestop::twilio
