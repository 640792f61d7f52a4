#include "services/intake/authenticate/url.hpp"

#include <algorithm>

namespace whistlestop::intake {

UrlParts cut_url(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const std::size_t scheme = url.find("://");
    const std::size_t start = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?", start), url.size());
    const std::string_view authority = url.substr(start, end - start);
    const std::string_view host = authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0: no user
    const std::size_t colon = host.find_last_of(":]");                         // an IPv6 address is in brackets
    const bool has_port = colon != std::string_view::npos && host[colon] == ':';
    const std::size_t port = end - (has_port ? host.size() - colon : 0);
    return {url.substr(0, port), url.substr(port, end - port), url.substr(end)};
}

std::vector<std::string_view> port_spellings(const UrlParts& parts) {
    if (!parts.port.empty()) return {parts.port, ""};
    return {"", parts.before_port.starts_with("http://") ? ":80" : ":443"};
}

std::string escape_query(std::string_view path_and_query) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const std::size_t query = std::min(path_and_query.find('?'), path_and_query.size());
    std::string out{path_and_query.substr(0, query)};
    for (const char c : path_and_query.substr(query)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && !std::string_view{"\"#<>'"}.contains(c))
            out.push_back(c);
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

}  // namespace whistlestop::intake
