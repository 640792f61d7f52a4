#pragma once
// Url: the address of an API, taken apart. Pure.

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

}  // namespace whistlestop::http
