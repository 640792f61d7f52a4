#include "common/http/client.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/http/server.hpp"
#include "common/http/test_client.hpp"
#include "common/http/test_sockets.hpp"

namespace whistlestop::http {
namespace {

using namespace std::chrono_literals;
using test::ClientTest;
using test::created;
using test::expect_created;
using test::expect_none;
using test::Peer;
using test::Socket;

std::string read_request(Socket& socket) { return socket.receive_until(test::end_of_call); }

Peer::Script answer_with(std::string answer) {
    return [answer = std::move(answer)](Socket socket) {
        while (!read_request(socket).empty()) socket.send(answer);
    };
}

// The same, and then the connection is closed.
Peer::Script answer_once(std::string answer) {
    return [answer = std::move(answer)](Socket socket) {
        read_request(socket);
        socket.send(answer);
    };
}

TEST_F(ClientTest, SendsTheCallAsItIs) {
    std::promise<std::string> request;
    const Peer peer{[&](Socket socket) {
        request.set_value(read_request(socket));
        socket.send(created);
    }};
    expect_created(finish(call_to(peer.port())));
    EXPECT_EQ(test::wait_for(request.get_future()),
              "POST /send?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(peer.port()) +
                  "\r\nAuthorization: Basic x\r\nContent-Length: 6\r\n\r\nhello!");
}

TEST_F(ClientTest, ReturnsStatusHeadersAndBody) {
    const Peer peer{
        answer_with("HTTP/1.1 429 Slow\r\nRetry-After: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "3\r\nabc\r\n0\r\n\r\n")};
    const Outcome outcome = finish(call_to(peer.port()));
    ASSERT_TRUE(outcome.answer) << outcome.detail;
    EXPECT_EQ(outcome.answer->status, 429u);
    EXPECT_EQ(outcome.answer->body, "abc");
    ASSERT_NE(find_header(outcome.answer->headers, "retry-after"), nullptr);
    EXPECT_EQ(*find_header(outcome.answer->headers, "retry-after"), "3");
}

TEST_F(ClientTest, FollowsNoRedirect) {
    const Peer peer{answer_with("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")};
    EXPECT_EQ(finish(call_to(peer.port())).answer->status, 302u);
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(ClientTest, PassesOverInterimAnswers) {
    const Peer peer{answer_with("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + std::string{created})};
    for (int i = 0; i < 2; ++i) expect_created(finish(call_to(peer.port())));
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(ClientTest, TakesAnAnswerThatEndsWithTheConnection) {
    const Peer peer{answer_once("HTTP/1.0 201 Created\r\n\r\nok")};
    for (int i = 0; i < 2; ++i) expect_created(finish(call_to(peer.port())));
}

TEST_F(ClientTest, TakesAHeadAnswerWithoutItsBody) {
    Call call = call_to(0);
    const Peer peer{[](Socket socket) {
        for (int i = 0; i < 2; ++i) {
            socket.receive_until("\r\n\r\n");
            socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        }
    }};
    for (int i = 0; i < 2; ++i) {
        call = call_to(peer.port());
        call.method = "HEAD";
        call.body.clear();
        EXPECT_EQ(finish(call).answer->body, "");
    }
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(ClientTest, UsesAConnectionAgain) {
    const Peer peer{answer_with(std::string{created})};
    for (int i = 0; i < 20; ++i) expect_created(finish(call_to(peer.port())));
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(ClientTest, DoesNotUseAConnectionAgainThatTheAnswerCloses) {
    const Peer peer{answer_with("HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")};
    for (int i = 0; i < 3; ++i) expect_created(finish(call_to(peer.port())));
    EXPECT_EQ(peer.accepted(), 3);
}

TEST_F(ClientTest, DoesNotUseAConnectionAgainThatSaidMoreThanItsAnswer) {
    const Peer peer{answer_with(std::string{created} + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse")};
    for (int i = 0; i < 3; ++i) expect_created(finish(call_to(peer.port())));
    EXPECT_EQ(peer.accepted(), 3);
}

TEST_F(ClientTest, GivesNoCallAnAnswerThatCameBeforeIt) {
    limit({.connections_max = 1});
    std::atomic<int> answers = 0;
    const Peer peer{[&](Socket socket) {
        while (!read_request(socket).empty())
            socket.send(++answers == 1 ? std::string{created} + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                       : std::string{created});
    }};
    auto first = start(call_to(peer.port()));
    auto second = start(call_to(peer.port()));  // waits for the connection of the first
    expect_created(test::wait_for(std::move(first)));
    expect_created(test::wait_for(std::move(second)));
    EXPECT_EQ(peer.accepted(), 2);
}

TEST_F(ClientTest, ConnectsAgainWhenThePeerHasClosedAnIdleConnection) {
    std::promise<void> closed;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        socket.send(created);
        socket.close();  // without having said so
        closed.set_value();
    }};
    for (int i = 0; i < 50; ++i) {
        expect_created(finish(call_to(peer.port())));
        test::wait_for(closed.get_future());
        closed = {};
    }
    EXPECT_EQ(peer.accepted(), 50);
}

TEST_F(ClientTest, ClosesAnIdleConnectionAfterItsTime) {
    std::promise<std::string> after_the_answer;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        socket.send(created);
        after_the_answer.set_value(socket.receive_all());
    }};
    expect_created(finish(call_to(peer.port())));
    clock_.move(30s);
    EXPECT_EQ(test::wait_for(after_the_answer.get_future()), "");
}

TEST_F(ClientTest, RunsCallsSideBySide) {
    std::promise<void> both;
    std::atomic<int> arrived = 0;
    const std::shared_future<void> all_arrived = both.get_future().share();
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        if (++arrived == 10) both.set_value();
        all_arrived.wait_for(test::patience);
        socket.send(created);
    }};
    std::vector<std::future<Outcome>> outcomes;
    outcomes.reserve(10);
    for (int i = 0; i < 10; ++i) outcomes.push_back(start(call_to(peer.port())));
    for (auto& outcome : outcomes) expect_created(test::wait_for(std::move(outcome)));
    EXPECT_EQ(peer.accepted(), 10);
}

TEST_F(ClientTest, MakesCallsWaitForAConnection) {
    limit({.connections_max = 2});
    const Peer peer{answer_with(std::string{created})};
    std::vector<std::future<Outcome>> outcomes;
    outcomes.reserve(100);
    for (int i = 0; i < 100; ++i) outcomes.push_back(start(call_to(peer.port())));
    for (auto& outcome : outcomes) expect_created(test::wait_for(std::move(outcome)));
    EXPECT_LE(peer.accepted(), 2);
}

TEST_F(ClientTest, DoesNotStartACallThatGetsNoConnectionInTime) {
    limit({.connections_max = 1});
    std::promise<void> taken;
    std::promise<void> go_on;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        taken.set_value();
        go_on.get_future().wait_for(test::patience);
        socket.send(created);
    }};
    auto first = start(call_to(peer.port()));
    test::wait_for(taken.get_future());
    Call second = call_to(peer.port());
    second.first_byte_by = clock_.boot() + 500;
    auto outcome = start(second);
    clock_.move(500ms);
    expect_none(test::wait_for(std::move(outcome)), NoAnswer::not_started, "no connection in time");
    go_on.set_value();
    expect_created(test::wait_for(std::move(first)));
}

TEST_F(ClientTest, DoesNotStartACallWhoseTimeIsPast) {
    std::promise<std::string> received;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        socket.send(created);
        received.set_value(socket.receive_all());
    }};
    expect_created(finish(call_to(peer.port())));  // so that a connection is there
    Call call = call_to(peer.port());
    call.first_byte_by = clock_.boot();
    expect_none(finish(call), NoAnswer::not_started, "too late");
    client_.reset();
    EXPECT_EQ(test::wait_for(received.get_future()), "") << "bytes of the late call";
}

TEST_F(ClientTest, GivesALateCallsConnectionToTheNext) {
    const Peer peer{answer_with(std::string{created})};
    for (int i = 0; i < 3; ++i) {
        Call late = call_to(peer.port());
        late.first_byte_by = clock_.boot();
        auto outcome = start(late);
        expect_created(finish(call_to(peer.port())));
        expect_none(test::wait_for(std::move(outcome)), NoAnswer::not_started);
    }
    EXPECT_LE(peer.accepted(), 2);
}

TEST_F(ClientTest, StampsTheFirstByte) {
    const Peer peer{answer_with(std::string{created})};
    Call call = call_to(peer.port());
    call.first_byte_by = clock_.boot() + 1;
    EXPECT_EQ(finish(call).first_byte, clock_.boot());
}

TEST_F(ClientTest, DoesNotStartWhatNobodyListensTo) {
    std::uint16_t port = 0;
    {
        port = Peer{[](const Socket&) {}}.port();
    }
    for (int i = 0; i < 3; ++i) expect_none(finish(call_to(port)), NoAnswer::not_started, "connect");
}

TEST_F(ClientTest, ReachesAPeerThatCameBack) {
    auto peer = std::make_unique<Peer>(answer_once(std::string{created}));
    const std::uint16_t port = peer->port();
    expect_created(finish(call_to(port)));
    peer.reset();
    expect_none(finish(call_to(port)), NoAnswer::not_started);
    IoThread io;
    const auto server = Server::listen(io, "127.0.0.1", port, {},
                                       [](const Request&, Respond respond) { respond({.status = 201, .body = "ok"}); });
    ASSERT_TRUE(server) << server.error().detail;
    expect_created(finish(call_to(port)));
}

TEST_F(ClientTest, RefusesACallThatIsMalformed) {
    const Peer peer{answer_with(std::string{created})};
    const auto with = [&](auto change) {
        Call call = call_to(peer.port());
        change(call);
        return finish(call);
    };
    expect_none(with([](Call& c) { c.base_url = "ftp://x"; }), NoAnswer::not_started, "base_url");
    expect_none(with([](Call& c) { c.headers[0].value = "a\r\nb: c"; }), NoAnswer::not_started, "malformed");
    expect_none(with([](Call& c) { c.headers[0].name = "a\n"; }), NoAnswer::not_started, "malformed");
    expect_none(with([](Call& c) { c.target = "/a b"; }), NoAnswer::not_started, "malformed");
    expect_none(with([](Call& c) { c.target = "a"; }), NoAnswer::not_started, "malformed");
    EXPECT_EQ(peer.accepted(), 0);
}

TEST_F(ClientTest, DoesNotKnowAboutAPeerThatHangs) {
    std::promise<void> taken;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        taken.set_value();
        socket.receive_all();
    }};
    Call call = call_to(peer.port());
    call.timeout = 2s;
    auto outcome = start(call);
    test::wait_for(taken.get_future());
    settle();  // the first byte has its time
    clock_.move(1999ms);
    std::promise<void> swept;
    io_.after(150ms, [&] { swept.set_value(); });  // three sweeps later
    test::wait_for(swept.get_future());
    EXPECT_NE(outcome.wait_for(0s), std::future_status::ready);
    clock_.move(1ms);
    expect_none(test::wait_for(std::move(outcome)), NoAnswer::unknown, "no answer in time");
}

struct BadRow {
    std::string_view name;
    std::string answer;
};
void PrintTo(const BadRow& row, std::ostream* out) { *out << row.name; }

const BadRow bad_rows[] = {
    {"closes_before_its_answer", ""},
    {"closes_in_its_head", "HTTP/1.1 201 Cr"},
    {"closes_in_its_body", "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nok"},
    {"closes_in_its_chunks", "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"},
    {"talks_garbage", "220 smtp.example ESMTP\r\n"},
    {"says_it_will_answer_at_length", "HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n"},
    {"answers_fifty_megabytes", "HTTP/1.1 200 OK\r\n\r\n" + std::string(50 << 20, 'x')},
    {"sends_a_head_without_end", "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x')},
    {"sends_a_chunk_line_without_end",
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(1 << 20, 'x')},
};

class BadAnswers : public ClientTest, public testing::WithParamInterface<BadRow> {};
TEST_P(BadAnswers, LeaveTheCallUnknown) {
    std::atomic<int> requests = 0;
    const Peer peer{[&](Socket socket) {
        requests += read_request(socket).empty() ? 0 : 1;
        socket.send(GetParam().answer);
    }};
    expect_none(finish(call_to(peer.port())), NoAnswer::unknown);
    client_.reset();
    EXPECT_EQ(requests, 1) << "the call was repeated";
}
INSTANTIATE_TEST_SUITE_P(Rows, BadAnswers, testing::ValuesIn(bad_rows),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_F(ClientTest, DoesNotKnowAboutAPeerThatResets) {
    const Peer peer{[](Socket socket) {
        read_request(socket);
        socket.reset();
    }};
    expect_none(finish(call_to(peer.port())), NoAnswer::unknown, "reset");
}

TEST_F(ClientTest, DoesNotKnowAboutACallThatIsHalfWritten) {
    const Peer peer{[](Socket socket) {
        socket.receive();
        socket.reset();
    }};
    Call call = call_to(peer.port());
    call.body = std::string(64 << 20, 'x');
    expect_none(finish(call), NoAnswer::unknown);
}

TEST_F(ClientTest, SendsALargeBodyWhole) {
    std::promise<std::size_t> received;
    const Peer peer{[&](Socket socket) {
        received.set_value(read_request(socket).size());
        socket.send(created);
    }};
    Call call = call_to(peer.port());
    call.body = std::string(8 << 20, 'x') + "!";
    expect_created(finish(call));
    EXPECT_GT(test::wait_for(received.get_future()), call.body.size());
}

TEST_F(ClientTest, EndsEveryCallWhenItIsDestroyed) {
    limit({.connections_max = 1});
    std::promise<void> taken;
    const Peer peer{[&](Socket socket) {
        read_request(socket);
        taken.set_value();
        socket.receive_all();
    }};
    auto under_way = start(call_to(peer.port()));
    test::wait_for(taken.get_future());
    auto waiting = start(call_to(peer.port()));
    client_.reset();
    expect_none(test::wait_for(std::move(under_way)), NoAnswer::unknown, "client closed");
    expect_none(test::wait_for(std::move(waiting)), NoAnswer::not_started, "client closed");
}

}  // namespace
}  // namespace whistlestop::http
