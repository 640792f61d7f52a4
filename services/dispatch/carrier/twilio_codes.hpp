#pragma once
// What Twilio's error codes mean for us: one table, for the answer to a call and for delivery reports alike.

#include <cstdint>
#include <string_view>

namespace whistlestop::twilio {

// What is at fault, and with it whom a failure says something about.
enum class CodeClass : std::uint8_t {
    opted_out,      // the contact said stop; Twilio blocks this sender
    bad_recipient,  // this number can never be texted
    temporary,      // the same text may arrive later
    rate_limited,   // too fast
    daily_cap,      // no more today
    warning,        // a cap is near; nothing failed
    filtered,       // wording or campaign: never move it to another sender
    unregistered,   // the sender is not registered for this use
    blocked,        // the contact or the network blocks us; no proof of a stop
    sender,         // the sender cannot do this
    content,        // the text cannot be sent by anybody
    account,        // credentials, funds or permissions
    request,        // our own mistake
    expired,        // its validity was over
    unlisted,       // a code that the table does not have
};

[[nodiscard]] CodeClass class_of(std::string_view code);

// "opted_out" …: for an event's reason or a metric's label.
[[nodiscard]] std::string_view name_of(CodeClass code_class);

}  // namespace whistlestop::twilio
