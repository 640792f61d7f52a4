#pragma once
// The spellings of one URL under which Twilio may have signed it.

#include <string>
#include <string_view>
#include <vector>

namespace whistlestop::intake {

// A URL cut where its port stands. Views into what was parsed.
struct UrlParts {
    std::string_view before_port;  // scheme, user and host
    std::string_view port;         // with its colon; empty: none given
    std::string_view after_port;   // path and query, without fragment
};

[[nodiscard]] UrlParts cut_url(std::string_view url);

// As given first, then without a port, then (where none is given) with the default one of its scheme. Source:
// twilio-python request_validator.py; its published vectors need all three.
[[nodiscard]] std::vector<std::string_view> port_spellings(const UrlParts& parts);

// The query escaped as the WHATWG URL Standard serialises it ("special-query percent-encode set"), the path untouched.
[[nodiscard]] std::string escape_query(std::string_view path_and_query);

}  // namespace whistlestop::intake
