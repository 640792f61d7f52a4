#include "load-tests/simulator/http/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace simulator::http {

namespace {

constexpr std::size_t head_bytes_max = 16'384;
constexpr std::size_t body_bytes_max = 1'048'576;

char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; }

bool same_word(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

template <class Number>
std::optional<Number> number_of(std::string_view digits) {
    Number number{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

// What requests and answers have in common.
struct Head {
    std::string_view first_line;
    std::string_view authorization;
    std::optional<std::size_t> content_length;
    bool chunked = false;
    bool close = false;
    std::size_t bytes = 0;  // up to and with the blank line; 0 while that has not come
    bool malformed = false;
};

void note_header(Head& head, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
        head.malformed = true;
        return;
    }
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (same_word(name, "content-length")) {
        head.content_length = number_of<std::size_t>(value);
        if (!head.content_length || *head.content_length > body_bytes_max) head.malformed = true;
    } else if (same_word(name, "authorization")) {
        head.authorization = value;
    } else if (same_word(name, "connection")) {
        head.close = same_word(value, "close");
    } else if (same_word(name, "transfer-encoding")) {
        head.chunked = true;
    }
}

Head read_head(std::string_view bytes) {
    Head head;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        head.malformed = bytes.size() > head_bytes_max;
        return head;
    }
    head.bytes = end + 4;
    std::string_view rest = bytes.substr(0, end + 2);
    const auto next_line = [&rest] {
        const std::size_t stop = rest.find("\r\n");
        const std::string_view line = rest.substr(0, stop);
        rest.remove_prefix(stop + 2);
        return line;
    };
    head.first_line = next_line();
    while (!rest.empty()) note_header(head, next_line());
    return head;
}

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 204: return "No Content";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 404: return "Not Found";
        case 429: return "Too Many Requests";
        default: return status >= 500 ? "Server Error" : "Status";
    }
}

}  // namespace

CutRequest cut_request(std::string_view bytes) {
    const Head head = read_head(bytes);
    if (head.malformed || head.chunked) return {Cut::malformed, 0, {}};
    if (head.bytes == 0) return {};
    const std::size_t body_bytes = head.content_length.value_or(0);
    if (bytes.size() < head.bytes + body_bytes) return {};

    const std::size_t first_blank = head.first_line.find(' ');
    const std::size_t last_blank = head.first_line.rfind(' ');
    if (first_blank == last_blank) return {Cut::malformed, 0, {}};
    const std::string_view version = head.first_line.substr(last_blank + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return {Cut::malformed, 0, {}};
    return {Cut::complete, head.bytes + body_bytes,
            Request{head.first_line.substr(0, first_blank),
                    head.first_line.substr(first_blank + 1, last_blank - first_blank - 1), head.authorization,
                    bytes.substr(head.bytes, body_bytes), !head.close && version == "HTTP/1.1", 0}};
}

CutAnswer cut_answer(std::string_view bytes) {
    const Head head = read_head(bytes);
    if (head.malformed) return {Cut::malformed, 0, false};
    if (head.bytes == 0) return {};
    const std::size_t blank = head.first_line.find(' ');
    if (!head.first_line.starts_with("HTTP/1.") || blank == std::string_view::npos) return {Cut::malformed, 0, false};
    const std::optional<int> status = number_of<int>(head.first_line.substr(blank + 1, 3));
    if (!status || *status < 200) return {Cut::malformed, 0, false};

    const bool bodiless = *status == 204 || *status == 304;
    const std::size_t body_bytes = head.content_length.value_or(0);
    if (bytes.size() < head.bytes + body_bytes) return {};
    const bool end_known = (bodiless || head.content_length) && !head.chunked;
    return {Cut::complete, *status, end_known && !head.close && head.first_line.starts_with("HTTP/1.1")};
}

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) return std::nullopt;
    text.remove_prefix(scheme.size());
    Url url;
    const std::size_t path = text.find_first_of("/?");
    const std::string_view authority = text.substr(0, path);
    if (path != std::string_view::npos) url.target = text.substr(path);
    if (url.target.front() == '?') url.target.insert(0, "/");
    const std::size_t colon = authority.find(':');
    url.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) {
        const auto port = number_of<std::uint16_t>(authority.substr(colon + 1));
        if (!port) return std::nullopt;
        url.port = *port;
    }
    if (url.host.empty()) return std::nullopt;
    return url;
}

std::string answer(int status, std::string_view content_type, std::string_view body, std::string_view extra) {
    return fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}", status, reason(status),
                       content_type, body.size(), extra, body);
}

}  // namespace simulator::http
