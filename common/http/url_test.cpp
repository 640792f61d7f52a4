#include "common/http/url.hpp"

#include <gtest/gtest.h>

#include <string>

namespace whistlestop::http {
namespace {

struct Row {
    std::string_view text;
    std::string_view host;
    std::string_view authority;
    std::uint16_t port;
    Scheme scheme;
};

TEST(BaseUrl, IsTakenApart) {
    const Row rows[] = {
        {"http://a.example", "a.example", "a.example", 80, Scheme::http},
        {"https://a.example", "a.example", "a.example", 443, Scheme::https},
        {"https://a.example/", "a.example", "a.example", 443, Scheme::https},
        {"http://127.0.0.1:8080", "127.0.0.1", "127.0.0.1:8080", 8080, Scheme::http},
        {"https://[::1]:8443", "::1", "[::1]:8443", 8443, Scheme::https},
        {"https://[::1]", "::1", "[::1]", 443, Scheme::https},
        {"http://h:65535", "h", "h:65535", 65535, Scheme::http},
    };
    for (const Row& row : rows) {
        const auto url = parse_base_url(row.text);
        ASSERT_TRUE(url) << row.text << ": " << url.error().detail;
        EXPECT_EQ(url->scheme, row.scheme) << row.text;
        EXPECT_EQ(url->host, row.host) << row.text;
        EXPECT_EQ(url->port, row.port) << row.text;
        EXPECT_EQ(url->authority, row.authority) << row.text;
    }
}

TEST(BaseUrl, IsRefusedWhenItIsNone) {
    for (const std::string_view text :
         {"", "a.example", "ftp://a", "HTTP://a", "http://", "http://a/b", "http://a?b", "http://a:0", "http://a:65536",
          "http://a:", "http://a:1x", "http://a:-1", "http://u@a", "http://a b", "http://a\r\n", "http://[::1",
          "http://[]", "http://[::1]x", "http://:80"})
        EXPECT_FALSE(parse_base_url(text)) << text;
}

}  // namespace
}  // namespace whistlestop::http
