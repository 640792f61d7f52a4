#include "common/http/url.hpp"

#include <algorithm>
#include <charconv>

namespace whistlestop::http {
namespace {

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == ':';
}

bool is_host(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (!is_host_character(c)) return false;
    return true;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// Where the host ends: behind the bracket of an IPv6 address, else at the colon.
std::size_t end_of_host(std::string_view authority) {
    if (!authority.starts_with('[')) return std::min(authority.find(':'), authority.size());
    const std::size_t bracket = authority.find(']');
    return bracket == std::string_view::npos ? authority.size() : bracket + 1;
}

Result<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) return fail(Fault::invalid, "bad port");
    return port;
}

}  // namespace

Result<BaseUrl> parse_base_url(std::string_view text) {
    BaseUrl url;
    if (take_prefix(text, "https://")) {
        url.scheme = Scheme::https;
    } else if (!take_prefix(text, "http://")) {
        return fail(Fault::invalid, "want http:// or https://");
    }
    if (text.ends_with('/')) text.remove_suffix(1);
    url.authority = text;
    const std::size_t end = end_of_host(text);
    std::string_view host = text.substr(0, end);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    if (!is_host(host)) return fail(Fault::invalid, "bad host");
    url.host = host;
    url.port = url.scheme == Scheme::https ? 443 : 80;
    if (end == text.size()) return url;
    if (text[end] != ':') return fail(Fault::invalid, "bad host");
    const auto port = parse_port(text.substr(end + 1));
    if (!port) return std::unexpected{port.error()};
    url.port = *port;
    return url;
}

}  // namespace whistlestop::http
