#pragma once
// A response as bytes. For sources of common/http only.

#include <cstdint>
#include <string>

#include "common/http/server.hpp"

namespace whistlestop::http {

enum class AfterAnswer : std::uint8_t { keep_open, close };
enum class Body : std::uint8_t { send, omit };  // omit: the request was HEAD

// Replaces `out`. The response's header names and values must fit in a head.
void write_response(std::string& out, const Response& response, Body body, AfterAnswer after);

}  // namespace whistlestop::http
