#include "services/intake/authenticate/url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whistlestop::intake {
namespace {

struct Row {
    std::string url, before, port, after;
};

TEST(Url, IsCutWhereThePortStands) {
    const Row rows[] = {
        {"https://a.example/x?y=1", "https://a.example", "", "/x?y=1"},
        {"https://a.example:443/x", "https://a.example", ":443", "/x"},
        {"https://a.example", "https://a.example", "", ""},
        {"https://a.example:80", "https://a.example", ":80", ""},
        {"https://a.example?x=:1", "https://a.example", "", "?x=:1"},
        {"https://u:p@a.example/x", "https://u:p@a.example", "", "/x"},
        {"https://u:p@a.example:1/x@y:2", "https://u:p@a.example", ":1", "/x@y:2"},
        {"http://[::1]/x", "http://[::1]", "", "/x"},
        {"http://[::1]:80/x", "http://[::1]", ":80", "/x"},
        {"https://a.example/x?y#rc=5&rp=all", "https://a.example", "", "/x?y"},
        {"", "", "", ""},
        {"https://", "https://", "", ""},
        {":/", "", ":", "/"},
    };
    for (const Row& row : rows) {
        const UrlParts parts = cut_url(row.url);
        EXPECT_EQ(parts.before_port, row.before) << row.url;
        EXPECT_EQ(parts.port, row.port) << row.url;
        EXPECT_EQ(parts.after_port, row.after) << row.url;
    }
}

TEST(Url, PortsAreTriedAsGivenWithoutAndAsDefault) {
    using testing::ElementsAre;
    EXPECT_THAT(port_spellings(cut_url("https://a/x")), ElementsAre("", ":443"));
    EXPECT_THAT(port_spellings(cut_url("http://a/x")), ElementsAre("", ":80"));
    EXPECT_THAT(port_spellings(cut_url("https://a:8443/x")), ElementsAre(":8443", ""));
}

TEST(Url, OnlyTheQueryIsEscaped) {
    EXPECT_EQ(escape_query("/it's?Body=It's+%20amazing"), "/it's?Body=It%27s+%20amazing");
    EXPECT_EQ(escape_query("/x?a=\"<>#\x7f \xc3\xa9"), "/x?a=%22%3C%3E%23%7F%20%C3%A9");
    EXPECT_EQ(escape_query("/x?a=!~"), "/x?a=!~");
    EXPECT_EQ(escape_query("/x'"), "/x'");
}

}  // namespace
}  // namespace whistlestop::intake
