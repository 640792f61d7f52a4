#include "load-tests/simulator/http/server.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <utility>

#include "load-tests/simulator/http/stamped_read.hpp"

namespace simulator::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Socket socket, const Server::Handler& handler) : socket_{std::move(socket)}, handler_{handler} {
        error_code ignored;
        socket_.set_option(tcp::no_delay{true}, ignored);
    }

    // Either handles a request that is whole already, or waits for bytes.
    void next_request() {
        const CutRequest cut = cut_request(in_);
        if (cut.cut == Cut::malformed) return write(answer(400, "text/plain", ""), After::close);
        if (cut.cut == Cut::incomplete) return await_bytes();
        request_bytes_ = cut.bytes;
        keep_alive_ = cut.request.keep_alive;
        Request request = cut.request;
        request.arrived = arrived_;
        handler_(request, Reply{shared_from_this()});
    }

    void send(std::string bytes) { write(std::move(bytes), keep_alive_ ? After::next : After::close); }
    void send_then_close(std::string bytes) { write(std::move(bytes), After::close); }

    void close() {
        error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_both, ignored);
        socket_.close(ignored);
    }

    void reset() {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

    void hang() {
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
            if (error) return;
            std::string unread;
            if (read_stamped(self->socket_.native_handle(), unread).end == StampedRead::End::more) self->hang();
        });
    }

private:
    enum class After : std::uint8_t { next, close };

    void await_bytes() {
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
            if (!error) self->take_bytes();
        });
    }

    void take_bytes() {
        const bool first = in_.empty();
        const StampedRead read = read_stamped(socket_.native_handle(), in_);
        if (read.end != StampedRead::End::more) return;
        if (first) arrived_ = read.arrived;
        next_request();
    }

    void write(std::string bytes, After after) {
        out_ = std::move(bytes);
        asio::async_write(socket_, asio::buffer(out_),
                          [self = shared_from_this(), after](const error_code& error, std::size_t) {
                              if (error) return;
                              if (after == After::close) return self->close();
                              self->in_.erase(0, self->request_bytes_);
                              self->next_request();
                          });
    }

    Socket socket_;
    const Server::Handler& handler_;  // the server's, which outlives the io_context's work
    std::string in_;
    std::string out_;
    std::size_t request_bytes_ = 0;
    WallMicros arrived_ = 0;
    bool keep_alive_ = true;
};

void Reply::send(std::string bytes) { connection_->send(std::move(bytes)); }
void Reply::send_then_close(std::string bytes) { connection_->send_then_close(std::move(bytes)); }
void Reply::close() { connection_->close(); }
void Reply::reset() { connection_->reset(); }
void Reply::hang() { connection_->hang(); }

Server::Server(asio::io_context& io, const std::string& address, std::uint16_t port, Handler handler)
    : acceptor_{io, tcp::endpoint{asio::ip::make_address(address), port}}, handler_{std::move(handler)} {
    stamp_arrivals(acceptor_.native_handle());  // what it accepts inherits the setting
    accept();
}

void Server::accept() {
    acceptor_.async_accept([this](const error_code& error, Socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (!error) std::make_shared<Connection>(std::move(socket), handler_)->next_request();
        accept();
    });
}

}  // namespace simulator::http
