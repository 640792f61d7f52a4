#include "load-tests/simulator/http/server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <optional>

#include "load-tests/simulator/http/poster.hpp"

namespace simulator::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

WallMicros spin_until(WallMicros when) {
    while (wall_now() < when) {
    }
    return wall_now();
}

// A client that writes before the server's loop has run at all: the kernel alone has seen its bytes.
struct Early {
    explicit Early(std::uint16_t port) : socket{io} {
        socket.connect({asio::ip::address_v4::loopback(), port});
        asio::write(socket, asio::buffer(get));
    }
    asio::io_context io;
    tcp::socket socket;
};

// Whether the arrival that the server reports lies before its loop ran.
bool stamped_by_kernel() {
    asio::io_context io;
    WallMicros arrived = 0;
    Server server{io, "127.0.0.1", 0, [&](const Request& request, Reply reply) {
                      arrived = request.arrived;
                      reply.close();
                      io.stop();
                  }};
    const WallMicros before = wall_now();
    const Early client{server.port()};
    const WallMicros run = spin_until(wall_now() + 3000);
    io.run();
    EXPECT_GE(arrived, before - 1);
    return arrived < run;
}

// The kernel begins to stamp a moment after the first socket of the machine has asked for it.
TEST(Server, TellsWhenTheKernelGotTheRequestNotWhenItWasRead) {
    bool stamped = false;
    for (int attempt = 0; attempt < 100 && !stamped; ++attempt) stamped = stamped_by_kernel();
    EXPECT_TRUE(stamped);
}

TEST(Server, AnswersRequestsThatCameTogetherOneByOne) {
    asio::io_context io;
    int count = 0;
    Server server{io, "127.0.0.1", 0, [&](const Request&, Reply reply) {
                      reply.send(answer(200, "text/plain", std::to_string(++count)));
                      if (count == 2) io.stop();
                  }};
    Early client{server.port()};
    asio::write(client.socket, asio::buffer(get));
    io.run();
    io.restart();
    io.poll();
    std::string got(2 * answer(200, "text/plain", "1").size(), '\0');
    asio::read(client.socket, asio::buffer(got));
    EXPECT_EQ(got, answer(200, "text/plain", "1") + answer(200, "text/plain", "2"));
}

TEST(Server, AResetReachesTheCallerAsOne) {
    asio::io_context io;
    Server server{io, "127.0.0.1", 0, [&](const Request&, Reply reply) {
                      reply.reset();
                      io.stop();
                  }};
    Early client{server.port()};
    io.run();
    char byte = 0;
    boost::system::error_code error;
    client.socket.read_some(asio::buffer(&byte, 1), error);
    EXPECT_EQ(error, asio::error::connection_reset);
}

// A poster and the server it posts to, in one loop.
class Posting : public testing::Test {
protected:
    Posted post_and_wait(Post post) {
        std::optional<Posted> result;
        post.done = [&](const Posted& posted) {
            result = posted;
            io_.stop();
        };
        poster_.post(std::move(post), Urgency::later);
        io_.restart();
        io_.run();
        return *result;
    }

    asio::io_context io_;
    Poster poster_{io_, {1, std::chrono::milliseconds{0}}};
};

TEST_F(Posting, KeepsItsConnectionAndHearsEachAnswer) {
    int connections_used = 0;
    Server server{io_, "127.0.0.1", 0, [&](const Request&, Reply reply) {
                      ++connections_used;
                      reply.send(answer(connections_used == 1 ? 503 : 204, "text/plain", ""));
                  }};
    EXPECT_EQ(post_and_wait({"127.0.0.1", server.port(), std::string{get}, {}}).status, 503);
    const Posted second = post_and_wait({"localhost", server.port(), std::string{get}, {}});
    EXPECT_EQ(second.status, 204);
    EXPECT_GE(second.answered, second.sent);
    EXPECT_EQ(poster_.busy(), 0U);
}

TEST_F(Posting, SaysHowAPostFailed) {
    std::uint16_t closed_port = 0;
    {
        const Server gone{io_, "127.0.0.1", 0, {}};
        closed_port = gone.port();
    }
    EXPECT_EQ(post_and_wait({"127.0.0.1", closed_port, std::string{get}, {}}).failure, "connect");
    EXPECT_EQ(post_and_wait({"gateway.example", 80, std::string{get}, {}}).failure, "address");
    Server closing{io_, "127.0.0.1", 0, [](const Request&, Reply reply) { reply.close(); }};
    EXPECT_EQ(post_and_wait({"127.0.0.1", closing.port(), std::string{get}, {}}).failure, "closed");
    Server babbling{io_, "127.0.0.1", 0, [](const Request&, Reply reply) { reply.send("what?\r\n\r\n"); }};
    EXPECT_EQ(post_and_wait({"127.0.0.1", babbling.port(), std::string{get}, {}}).failure, "malformed");
    Server silent{io_, "127.0.0.1", 0, [&](const Request&, Reply reply) {
                      reply.hang();
                      poster_.sweep();  // the time-out of this poster is 0
                  }};
    EXPECT_EQ(post_and_wait({"127.0.0.1", silent.port(), std::string{get}, {}}).failure, "timeout");
}

TEST_F(Posting, WhatPeopleSaidGoesBeforeReports) {
    std::string order;
    Server server{io_, "127.0.0.1", 0, [&](const Request& request, Reply reply) {
                      order += request.target;
                      reply.send(answer(204, "text/plain", ""));
                  }};
    const auto request = [](std::string_view target) { return "GET " + std::string{target} + " HTTP/1.1\r\n\r\n"; };
    for (const std::string_view target : {"/r1", "/r2"}) {
        poster_.post({"127.0.0.1", server.port(), request(target), [](const Posted&) {}}, Urgency::later);
    }
    poster_.post({"127.0.0.1", server.port(), request("/in"), [&](const Posted&) {}}, Urgency::first);
    poster_.post({"127.0.0.1", server.port(), request("/r3"), [&](const Posted&) { io_.stop(); }}, Urgency::later);
    EXPECT_EQ(poster_.busy(), 1U);
    EXPECT_EQ(poster_.waiting(), 3U);
    io_.run();
    EXPECT_EQ(order, "/r1/in/r2/r3");
}

}  // namespace
}  // namespace simulator::http
