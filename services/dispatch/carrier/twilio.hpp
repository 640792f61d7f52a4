#pragma once
// Twilio's send contract, its pure half: what to ask, and what an answer means. Who calls it does the I/O.
//
// Twilio has no idempotency key, so an answer is read with one question in mind: may the text have been taken? Only
// what is surely Twilio's own refusal says no. Anything else, a broken 201 or a 4xx of some proxy included, is
// `Unknown`. Contract: twilio/twilio-oai, spec/json/twilio_api_v2010.json@d50069b; Twilio, "Messages resource".

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "common/domain/phone.hpp"

namespace whistlestop::twilio {

inline constexpr std::chrono::seconds validity_max{36'000};

struct Account {
    std::string sid;
    std::string authorization;  // basic_authorization(): a secret
};

// The value of an Authorization header. `user` is an account or, better, an API key.
[[nodiscard]] std::string basic_authorization(std::string_view user, std::string_view password);

// One call. The target of a GET and the body of a POST hold phone numbers: never log them.
struct Request {
    std::string method;
    std::string target;
    std::string authorization;
    std::string content_type;  // empty with a GET
    std::string body;
};

struct Outgoing {
    Phone to;
    SenderId from;
    std::string_view body;             // at most 1,600 characters
    std::string_view status_callback;  // an absolute URL with our reference in it; empty: no reports wanted
    std::chrono::seconds validity{};   // how long Twilio may keep trying: brought between 1 s and validity_max
};

[[nodiscard]] Request send_request(const Account& account, const Outgoing& text);

// Twilio took it.
struct Accepted {
    std::string provider_id;
};

// Refused for good.
struct Rejected {
    std::string code;
};

// Refused because the contact said stop (21610).
struct Suppressed {
    std::string code;
};

// Not processed: the same call may be made again. `retry_after` is zero where the answer does not say (or gives a date,
// which takes a clock to read); at most an hour.
struct Throttled {
    std::chrono::seconds retry_after{};
};

// May have been taken or not. `cause` is one of a few fixed words.
struct Unknown {
    std::string_view cause;
};

using Verdict = std::variant<Accepted, Rejected, Suppressed, Throttled, Unknown>;

struct Answer {
    std::uint32_t status = 0;
    std::string_view retry_after;  // the header; empty where there was none
    std::string_view body;
};

// Never throws, whatever the body.
[[nodiscard]] Verdict read_answer(const Answer& answer);

}  // namespace whistlestop::twilio
