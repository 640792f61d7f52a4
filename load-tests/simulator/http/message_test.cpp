#include "load-tests/simulator/http/message.hpp"

#include <gtest/gtest.h>

namespace simulator::http {
namespace {

constexpr std::string_view call =
    "POST /2010-04-01/x?a=b HTTP/1.1\r\nHost: a\r\nauthorization:  Basic abc\r\nContent-Length: 4\r\n\r\nTo=1GET";

TEST(CutRequest, IsIncompleteAtEveryByteBeforeItsLast) {
    const std::size_t whole = call.size() - 3;
    for (std::size_t bytes = 0; bytes < whole; ++bytes) {
        ASSERT_EQ(cut_request(call.substr(0, bytes)).cut, Cut::incomplete) << bytes;
    }
    const CutRequest cut = cut_request(call);
    ASSERT_EQ(cut.cut, Cut::complete);
    EXPECT_EQ(cut.bytes, whole);
    EXPECT_EQ(cut.request.method, "POST");
    EXPECT_EQ(cut.request.target, "/2010-04-01/x?a=b");
    EXPECT_EQ(cut.request.authorization, "Basic abc");
    EXPECT_EQ(cut.request.body, "To=1");
    EXPECT_TRUE(cut.request.keep_alive);
}

TEST(CutRequest, RefusesWhatItCannotCut) {
    for (const std::string_view bad :
         {"nonsense\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
        EXPECT_EQ(cut_request(bad).cut, Cut::malformed) << bad;
    }
    EXPECT_EQ(cut_request(std::string(20'000, 'x')).cut, Cut::malformed);
}

TEST(CutAnswer, ReadsStatusAndWhetherTheConnectionLives) {
    EXPECT_EQ(cut_answer("HTTP/1.1 204 No Content\r\n\r\n").status, 204);
    EXPECT_TRUE(cut_answer("HTTP/1.1 204 No Content\r\n\r\n").keep_alive);
    EXPECT_TRUE(cut_answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").keep_alive);
    EXPECT_FALSE(cut_answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").keep_alive);
    EXPECT_FALSE(cut_answer("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").keep_alive);
    EXPECT_FALSE(cut_answer("HTTP/1.1 200 OK\r\n\r\n").keep_alive);  // its end is not known
    EXPECT_EQ(cut_answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no").cut, Cut::incomplete);
    EXPECT_EQ(cut_answer("SSH-2.0\r\n\r\n").cut, Cut::malformed);
}

TEST(ParseUrl, TakesHttpUrlsApart) {
    const auto url = parse_url("http://127.0.0.1:8080/status?ref=1");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "127.0.0.1");
    EXPECT_EQ(url->port, 8080);
    EXPECT_EQ(url->target, "/status?ref=1");
    EXPECT_EQ(parse_url("http://host")->target, "/");
    EXPECT_EQ(parse_url("http://host?x")->target, "/?x");
    for (const std::string_view bad : {"https://host/", "http://", "http://host:99999/", "host"}) {
        EXPECT_FALSE(parse_url(bad)) << bad;
    }
}

}  // namespace
}  // namespace simulator::http
