#pragma once
// A small HTTP/1.1 server whose answers may come late, cut short, or never: what a carrier in trouble looks like.
//
// One request at a time per connection; bytes that arrive meanwhile wait in the socket.

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "load-tests/simulator/http/message.hpp"

namespace simulator::http {

class Connection;

// The answer owed to one request. Exactly one of its calls is made, once; whether the peer is still there does not
// matter. Shared ownership: the connection lives as long as somebody waits on its socket or owes it an answer.
class Reply {
public:
    explicit Reply(std::shared_ptr<Connection> connection) : connection_{std::move(connection)} {}

    void send(std::string bytes);
    void send_then_close(std::string bytes);
    void close();  // orderly, without a byte
    void reset();  // RST
    void hang();   // nothing, until the peer gives up

private:
    std::shared_ptr<Connection> connection_;
};

class Server {
public:
    using Handler = std::function<void(const Request&, Reply)>;

    // Listens at once; `port` 0 takes a free one. Throws boost::system::system_error where it cannot.
    Server(boost::asio::io_context& io, const std::string& address, std::uint16_t port, Handler handler);

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    void accept();

    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type> acceptor_;
    Handler handler_;
};

}  // namespace simulator::http
