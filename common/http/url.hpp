#pragma once
// Url: the pieces of an address. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::http {

enum class Scheme : std::uint8_t { http, https };

// http(s)://host[:port] and nothing behind it, except a single slash.
struct BaseUrl {
    Scheme scheme = Scheme::http;
    std::string host;  // without the brackets of an IPv6 address
    std::uint16_t port = 0;
    std::string authority;  // host and port as they stood: what the Host header says
};

[[nodiscard]] Result<BaseUrl> parse_base_url(std::string_view text);

// A request's target, cut at the first question mark. Views into it.
struct Target {
    std::string_view path;
    std::string_view query;  // without the question mark
};

[[nodiscard]] Target split_target(std::string_view target);

// Escapes all but RFC 3986's unreserved characters, so the result fits a path segment as well as a query.
[[nodiscard]] std::string percent_encode(std::string_view text);

// Fault::invalid on an escape that is none. A plus sign stays a plus sign.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

}  // namespace whistlestop::http
