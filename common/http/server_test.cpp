#include "common/http/server.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "common/http/test_sockets.hpp"

namespace whistlestop::http {
namespace {

using namespace std::chrono_literals;
using test::Socket;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

std::string post(std::string_view body) {
    return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string{body};
}

Response text(std::string body) { return {.body = std::move(body)}; }

void echo(Request request, Respond respond) { respond(text("<" + request.method + " " + request.body + ">")); }

std::unique_ptr<Server> serve(IoThread& io, Handler handler, ServerLimits limits = {}) {
    auto server = Server::listen(io, "127.0.0.1", 0, limits, std::move(handler));
    EXPECT_TRUE(server) << (server ? "" : server.error().detail);
    return std::move(*server);
}

// A handler whose requests wait in the hands of the test.
class Held {
public:
    Handler handler() {
        return [this](Request, Respond respond) { arrived_.set_value(std::move(respond)); };
    }
    Respond take() {
        Respond respond = test::wait_for(arrived_.get_future());
        arrived_ = {};
        return respond;
    }

private:
    std::promise<Respond> arrived_;
};

TEST(Server, AnswersOneRequestAfterAnotherOnOneConnection) {
    IoThread io;
    const auto server = serve(io, echo);
    Socket client = Socket::connected_to(server->port());
    for (const std::string body : {"one", "", "three"}) {
        client.send(post(body));
        const std::string answer = client.receive_until(">");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
        EXPECT_TRUE(answer.ends_with("<POST " + body + ">")) << answer;
    }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    IoThread io;
    const auto server = serve(io, echo);
    Socket client = Socket::connected_to(server->port());
    std::string all;
    for (int i = 0; i < 200; ++i) all += post(std::to_string(i));
    client.send(all);
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(client.receive_until(">").ends_with("<POST " + std::to_string(i) + ">")) << i;
}

TEST(Server, ReadsARequestThatComesByteByByte) {
    IoThread io;
    const auto server = serve(io, echo);
    Socket client = Socket::connected_to(server->port());
    for (const char byte : post("drip")) client.send({&byte, 1});
    EXPECT_TRUE(client.receive_until(">").ends_with("<POST drip>"));
}

TEST(Server, GivesTheHandlerTheWholeRequest) {
    std::promise<Request> seen;
    IoThread io;
    const auto server = serve(io, [&](Request request, Respond respond) {
        seen.set_value(std::move(request));
        respond({});
    });
    Socket client = Socket::connected_to(server->port());
    client.send(
        "PUT /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-Signature: s\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    const Request request = test::wait_for(seen.get_future());
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.target, "/a%20b?c=d");
    EXPECT_EQ(request.body, "abcde");
    ASSERT_NE(request.header("x-SIGNATURE"), nullptr);
    EXPECT_EQ(*request.header("x-SIGNATURE"), "s");
    EXPECT_EQ(request.header("X-Sig"), nullptr);
}

TEST(Server, SendsWhatTheResponseSays) {
    IoThread io;
    const auto server = serve(io, [](Request, Respond respond) {
        respond({.status = 503,
                 .content_type = "application/json",
                 .body = "{}",
                 .retry_after_s = 7,
                 .headers = {{"X-A", "b"}}});
    });
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    EXPECT_EQ(client.receive_until("{}"),
              "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
              "Retry-After: 7\r\nX-A: b\r\n\r\n{}");
}

TEST(Server, SendsNoBodyForHeadAndForNoContent) {
    IoThread io;
    const auto server = serve(io, [](Request request, Respond respond) {
        Response response = text("body");
        if (request.target == "/none") response.status = 204;
        respond(std::move(response));
    });
    Socket client = Socket::connected_to(server->port());
    client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET /none HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.receive_all(),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n"
              "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

TEST(Server, ClosesAfterARequestOfHttp10) {
    IoThread io;
    const auto server = serve(io, echo);
    Socket client = Socket::connected_to(server->port());
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_TRUE(client.receive_all().contains("Connection: close\r\n"));
}

TEST(Server, InvitesABodyThatWaitsForLeave) {
    IoThread io;
    const auto server = serve(io, echo);
    Socket client = Socket::connected_to(server->port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    EXPECT_TRUE(client.receive_until(">").ends_with("<POST hi>"));
}

struct BadRow {
    std::string_view name;
    std::string request;
    unsigned status;
};
void PrintTo(const BadRow& row, std::ostream* out) { *out << row.name; }

const BadRow bad_rows[] = {
    {"a_body_that_says_it_is_too_long", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n", 413},
    {"chunks_that_are_too_long", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", 413},
    {"a_head_that_is_too_long", "GET / HTTP/1.1\r\nX: " + std::string(3000, 'x'), 431},
    {"a_chunk_line_without_end", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(8000, 'x'),
     431},
    {"garbage", "\x01\x02\x03\r\n\r\n", 400},
    {"a_header_without_colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400},
    {"two_lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
    {"a_length_and_chunks", "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"an_unknown_coding", "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
    {"a_chunk_that_is_none", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
};

class BadRequests : public testing::TestWithParam<BadRow> {};
TEST_P(BadRequests, AreAnsweredWithTheirStatusAndClosed) {
    IoThread io;
    const auto server = serve(io, [](Request, Respond) { ADD_FAILURE() << "reached the handler"; },
                              {.body_bytes_max = 100, .head_bytes_max = 1024});
    Socket client = Socket::connected_to(server->port());
    client.send(GetParam().request);
    const std::string answer = client.receive_until("\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(GetParam().status))) << answer;
    EXPECT_TRUE(answer.contains("Connection: close")) << answer;
    EXPECT_EQ(client.receive(), "");
}
INSTANTIATE_TEST_SUITE_P(Rows, BadRequests, testing::ValuesIn(bad_rows),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Server, RefusesSoThatAPeerWhichStillSendsCanReadIt) {
    IoThread io;
    const auto server = serve(io, echo, {.body_bytes_max = 100});
    Socket client = Socket::connected_to(server->port());
    EXPECT_TRUE(client.send(post(std::string(4 << 20, 'x')))) << "cut off";
    EXPECT_TRUE(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 413"));
}

TEST(Server, TakesABodyOfExactlyTheLimit) {
    IoThread io;
    const auto server = serve(io, echo, {.body_bytes_max = 100});
    Socket client = Socket::connected_to(server->port());
    client.send(post(std::string(100, 'x')));
    EXPECT_TRUE(client.receive_until(">").starts_with("HTTP/1.1 200"));
}

TEST(Server, ClosesARequestThatTakesTooLong) {
    IoThread io;
    const auto server = serve(io, echo, {.read_time = 50ms});
    Socket client = Socket::connected_to(server->port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Le");
    EXPECT_EQ(client.receive_all(), "");
}

TEST(Server, ClosesAConnectionThatIsIdleTooLong) {
    IoThread io;
    const auto server = serve(io, echo, {.idle_time = 50ms});
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    EXPECT_TRUE(client.receive_all().ends_with("<GET >"));
}

TEST(Server, ClosesAPeerThatDoesNotTakeTheAnswer) {
    constexpr std::size_t too_much = 64 << 20;  // for the sockets' buffers
    std::promise<void> asked;
    IoThread io;
    const auto server = serve(io,
                              [&](Request, Respond respond) {
                                  respond(text(std::string(too_much, 'x')));
                                  asked.set_value();
                              },
                              {.write_time = 50ms});
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    test::wait_for(asked.get_future());
    const auto begin = std::chrono::steady_clock::now();
    server->drain(test::patience);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, test::patience);
    EXPECT_LT(client.receive_all().size(), too_much);
}

TEST(Server, TakesAnAnswerFromAnotherThread) {
    Held held;
    IoThread io;
    const auto server = serve(io, held.handler());
    Socket client = Socket::connected_to(server->port());
    for (int i = 0; i < 3; ++i) {
        client.send(get);
        std::jthread{[&] { held.take()(text("late>")); }}.join();
        EXPECT_TRUE(client.receive_until(">").ends_with("late>"));
    }
}

TEST(Server, AnswersForAHandlerThatDropsItsRequest) {
    IoThread io;
    const auto server = serve(io, [](Request, Respond) {});
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    EXPECT_TRUE(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 500"));
}

TEST(Server, AnswersForAHandlerThatIsTooLateAndIgnoresItsAnswer) {
    Held held;
    IoThread io;
    const auto server = serve(io, held.handler(), {.answer_time = 50ms});
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    Respond late = held.take();
    EXPECT_TRUE(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 503"));
    client.send(get);
    Respond next = held.take();
    late(text("of the first>"));
    next(text("of the second>"));
    EXPECT_TRUE(client.receive_until(">").ends_with("of the second>"));
}

TEST(Server, TurnsAwayWhatIsOverItsConnections) {
    Held held;
    IoThread io;
    const auto server = serve(io, held.handler(), {.connections_max = 1});
    Socket first = Socket::connected_to(server->port());
    first.send(get);
    Respond respond = held.take();
    Socket second = Socket::connected_to(server->port());
    EXPECT_TRUE(second.receive_all().starts_with("HTTP/1.1 503"));
    respond(text("first"));
    EXPECT_TRUE(first.receive_until("first").ends_with("first"));
}

TEST(Server, WhoAsksNothingMakesRoomForWhoDoes) {
    IoThread io;
    const auto server = serve(io, echo, {.connections_max = 2});
    Socket silent = Socket::connected_to(server->port());
    Socket slow = Socket::connected_to(server->port());
    slow.send("GET / HT");
    Socket carrier = Socket::connected_to(server->port());
    EXPECT_EQ(silent.receive_all(), "");
    carrier.send(get);
    EXPECT_TRUE(carrier.receive_until(">").ends_with("<GET >"));
    slow.send("TP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(slow.receive_until(">").ends_with("<GET >"));
    Socket next = Socket::connected_to(server->port());
    EXPECT_EQ(carrier.receive_all(), "") << "it has been idle for longer";
    next.send(get);
    EXPECT_TRUE(next.receive_until(">").ends_with("<GET >"));
}

TEST(Server, ClosesAConnectionThatNeverAsks) {
    IoThread io;
    const auto server = serve(io, echo, {.read_time = std::chrono::milliseconds{50}});
    Socket silent = Socket::connected_to(server->port());
    EXPECT_EQ(silent.receive_all(), "");
}

TEST(Server, DrainsWithAnAnswerInFlight) {
    Held held;
    IoThread io;
    const auto server = serve(io, held.handler());
    Socket idle = Socket::connected_to(server->port());
    Socket busy = Socket::connected_to(server->port());
    busy.send(get);
    Respond respond = held.take();
    auto drained = std::async(std::launch::async, [&] { server->drain(test::patience); });
    EXPECT_EQ(idle.receive_all(), "");
    respond(text("last"));
    const std::string answer = busy.receive_all();
    EXPECT_TRUE(answer.contains("Connection: close\r\n") && answer.ends_with("last")) << answer;
    busy.close();
    test::wait_for(std::move(drained));
}

TEST(Server, EndsADrainAtItsLimit) {
    Held held;
    IoThread io;
    const auto server = serve(io, held.handler());
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    const Respond never = held.take();
    server->drain(20ms);
    EXPECT_EQ(client.receive_all(), "");
}

TEST(Server, LetsAnAnswerOutliveEverything) {
    Held held;
    auto io = std::make_unique<IoThread>();
    auto server = serve(*io, held.handler());
    Socket client = Socket::connected_to(server->port());
    client.send(get);
    Respond respond = held.take();
    server.reset();
    io.reset();
    respond(text("nobody is there"));
    EXPECT_EQ(client.receive_all(), "");
}

TEST(Server, KnowsAnAddressWithoutListening) {
    for (const char* good : {"127.0.0.1", "0.0.0.0", "::1", "::"}) EXPECT_TRUE(is_address(good)) << good;
    for (const char* bad : {"", "localhost", "127.0.0", "127.0.0.1:80", "[::1]", " ::1"})
        EXPECT_FALSE(is_address(bad)) << bad;
}

TEST(Server, SaysThatAPortIsTakenOrAnAddressIsNone) {
    IoThread io;
    const auto server = serve(io, echo);
    const auto second = Server::listen(io, "127.0.0.1", server->port(), {}, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::unavailable);
    const auto nowhere = Server::listen(io, "nowhere", 0, {}, echo);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().fault, Fault::invalid);
}

}  // namespace
}  // namespace whistlestop::http
