#include "common/http/response_text.hpp"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include <iterator>

#include "common/base/check.hpp"

namespace whistlestop::http {
namespace {

std::string_view reason(unsigned status) {
    const auto text = boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
    return {text.data(), text.size()};
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    check(fits_in_head(name) && fits_in_head(value));
    out.append(name).append(": ").append(value).append("\r\n");
}

bool may_have_body(unsigned status) { return status != 204 && status != 304; }

}  // namespace

void write_response(std::string& out, const Response& response, Body body, AfterAnswer after) {
    out.clear();
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
    if (may_have_body(response.status)) {
        append_header(out, "Content-Type", response.content_type);
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
    }
    if (response.retry_after_s) fmt::format_to(std::back_inserter(out), "Retry-After: {}\r\n", *response.retry_after_s);
    for (const Header& header : response.headers) append_header(out, header.name, header.value);
    out.append(after == AfterAnswer::close ? "Connection: close\r\n\r\n" : "\r\n");
    if (body == Body::send && may_have_body(response.status)) out.append(response.body);
}

}  // namespace whistlestop::http
