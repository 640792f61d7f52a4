#pragma once
// HTTP/1.1 messages cut out of bytes: only what a carrier's API and its webhooks need. Bodies have a Content-Length;
// a chunked request is refused, a chunked answer ends with its connection.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/clock.hpp"

namespace simulator::http {

enum class Cut : std::uint8_t { incomplete, complete, malformed };

// Views into the bytes it was cut from.
struct Request {
    std::string_view method;
    std::string_view target;
    std::string_view authorization;
    std::string_view body;
    bool keep_alive = true;
    WallMicros arrived = 0;  // when its first byte reached this machine's kernel
};

struct CutRequest {
    Cut cut = Cut::incomplete;
    std::size_t bytes = 0;  // of the whole request, once complete
    Request request;
};

[[nodiscard]] CutRequest cut_request(std::string_view bytes);

struct CutAnswer {
    Cut cut = Cut::incomplete;
    int status = 0;
    bool keep_alive = true;  // false also where the end of the body is not known
};

[[nodiscard]] CutAnswer cut_answer(std::string_view bytes);

// "http://127.0.0.1:8080/path?query"; no other scheme.
struct Url {
    std::string host;
    std::uint16_t port = 80;
    std::string target = "/";
};

[[nodiscard]] std::optional<Url> parse_url(std::string_view text);

// A whole answer. `extra` is empty or header lines, each with its line end.
[[nodiscard]] std::string answer(int status, std::string_view content_type, std::string_view body,
                                 std::string_view extra = {});

}  // namespace simulator::http
