#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

#include "common/http/client.hpp"
#include "common/http/test_client.hpp"
#include "common/http/test_tls.hpp"

namespace whistlestop::http {
namespace {

using namespace std::chrono_literals;
using test::created;
using test::expect_created;
using test::expect_none;
using test::Identity;
using test::over_tls;
using test::Peer;
using test::TlsSocket;

class ClientTlsTest : public test::ClientTest {
protected:
    static std::string temporary(const std::string& name) {
        return testing::TempDir() + "whistlestop_http_" + std::to_string(::getpid()) + name;
    }

    ClientTlsTest() { limit({.ca_file = identity_.path()}); }

    static Call secure_call_to(std::uint16_t port, const std::string& host = "localhost") {
        Call call = call_to(port);
        call.base_url = "https://" + host + ":" + std::to_string(port);
        return call;
    }

    static void answer(TlsSocket socket) {
        while (!socket.receive_until(test::end_of_call).empty()) socket.send(created);
    }

    Identity identity_{"DNS:localhost", temporary("localhost.pem")};
};

TEST_F(ClientTlsTest, CallsAPeerThatProvesItsName) {
    const Peer peer{over_tls(identity_, answer)};
    for (int i = 0; i < 20; ++i) expect_created(finish(secure_call_to(peer.port())));
    EXPECT_EQ(peer.accepted(), 1);
}

TEST_F(ClientTlsTest, CallsAPeerThatProvesItsAddress) {
    const Identity identity{"IP:127.0.0.1", temporary("address.pem")};
    limit({.ca_file = identity.path()});
    const Peer peer{over_tls(identity, answer)};
    expect_created(finish(secure_call_to(peer.port(), "127.0.0.1")));
}

TEST_F(ClientTlsTest, DoesNotCallAPeerWithAnotherAddress) {
    const Peer peer{over_tls(identity_, [](TlsSocket) { ADD_FAILURE() << "was trusted"; })};
    expect_none(finish(secure_call_to(peer.port(), "127.0.0.1")), NoAnswer::not_started, "certificate: IP address");
}

TEST_F(ClientTlsTest, DoesNotCallAPeerWithAnotherHostsName) {
    const Identity other{"DNS:other.example", temporary("other.pem")};
    limit({.ca_file = other.path()});
    const Peer peer{over_tls(other, [](TlsSocket) { ADD_FAILURE() << "was trusted"; })};
    expect_none(finish(secure_call_to(peer.port())), NoAnswer::not_started, "certificate: hostname mismatch");
}

TEST_F(ClientTlsTest, DoesNotCallAPeerThatNobodyVouchesFor) {
    const Identity stranger{"DNS:localhost", temporary("stranger.pem")};
    const Peer peer{over_tls(stranger, [](TlsSocket) { ADD_FAILURE() << "was trusted"; })};
    expect_none(finish(secure_call_to(peer.port())), NoAnswer::not_started, "certificate: self-signed");
}

TEST_F(ClientTlsTest, TrustsNobodyWithoutItsCertificates) {
    limit({.ca_file = "/nowhere"});
    const Peer peer{over_tls(identity_, answer)};
    expect_none(finish(secure_call_to(peer.port())), NoAnswer::not_started, "cannot read certificates");
}

TEST_F(ClientTlsTest, DoesNotCallAPeerThatSpeaksNoTls) {
    const Peer peer{[](test::Socket socket) {
        socket.receive();
        socket.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        socket.receive_all();
    }};
    expect_none(finish(secure_call_to(peer.port())), NoAnswer::not_started, "tls");
}

TEST_F(ClientTlsTest, DoesNotWaitForAHandshakeForEver) {
    std::promise<void> greeted;
    const Peer peer{[&](test::Socket socket) {
        socket.receive();
        greeted.set_value();
        socket.receive_all();
    }};
    Call call = secure_call_to(peer.port());
    call.first_byte_by = clock_.boot() + 60'000;
    auto outcome = start(call);
    test::wait_for(greeted.get_future());
    clock_.move(5s);
    expect_none(test::wait_for(std::move(outcome)), NoAnswer::not_started, "not connected in time");
}

TEST_F(ClientTlsTest, DoesNotKnowAboutAnAnswerThatIsCutOff) {
    std::atomic<int> requests = 0;
    const Peer peer{over_tls(identity_, [&](TlsSocket socket) {
        socket.receive_until(test::end_of_call);
        ++requests;
        socket.send("HTTP/1.1 200 OK\r\n\r\nto be continued");  // whose end anybody on the way could forge
        socket.hang_up();
    })};
    expect_none(finish(secure_call_to(peer.port())), NoAnswer::unknown);
    EXPECT_EQ(requests, 1);
}

TEST_F(ClientTlsTest, TakesAnAnswerThatEndsWithAGoodbye) {
    const Peer peer{over_tls(identity_, [](TlsSocket socket) {
        socket.receive_until(test::end_of_call);
        socket.send("HTTP/1.1 201 Created\r\n\r\nok");
        socket.say_goodbye();
    })};
    expect_created(finish(secure_call_to(peer.port())));
}

TEST_F(ClientTlsTest, ConnectsAgainAfterAGoodbye) {
    std::promise<void> closed;
    const Peer peer{over_tls(identity_, [&](TlsSocket socket) {
        socket.receive_until(test::end_of_call);
        socket.send(created);
        socket.say_goodbye();
        closed.set_value();
    })};
    for (int i = 0; i < 10; ++i) {
        expect_created(finish(secure_call_to(peer.port())));
        test::wait_for(closed.get_future());
        closed = {};
    }
    EXPECT_EQ(peer.accepted(), 10);
}

TEST_F(ClientTlsTest, SendsALargeBodyWhole) {
    std::promise<std::size_t> received;
    const Peer peer{over_tls(identity_, [&](TlsSocket socket) {
        received.set_value(socket.receive_until(test::end_of_call).size());
        socket.send(created);
        socket.receive_until("never");
    })};
    Call call = secure_call_to(peer.port());
    call.body = std::string(1 << 20, 'x') + "!";
    expect_created(finish(call));
    EXPECT_GT(test::wait_for(received.get_future()), call.body.size());
}

}  // namespace
}  // namespace whistlestop::http
