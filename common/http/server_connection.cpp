#include "common/http/server_connection.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "common/http/response_text.hpp"

namespace whistlestop::http {
namespace {

constexpr std::chrono::milliseconds linger_time{2'000};
constexpr std::size_t chunk_line_bytes_max = 4096;  // room beyond the head's limit

// The one answer a handler owes. Holds the io thread's context, so that it may outlive the server.
class Answer {
public:
    Answer(std::shared_ptr<IoThread::Impl> io, std::weak_ptr<ServerConnection> connection, std::uint64_t ticket)
        : io_{std::move(io)}, connection_{std::move(connection)}, ticket_{ticket} {}
    Answer(Answer&&) = default;
    Answer& operator=(Answer&&) = delete;
    ~Answer() {
        if (io_ != nullptr) (*this)(Response{.status = 500});
    }

    void operator()(Response response) {
        check(io_ != nullptr);  // once
        const auto io = std::move(io_);
        asio::dispatch(io->context,
                       [connection = std::move(connection_), ticket = ticket_, response = std::move(response)] {
                           if (const auto alive = connection.lock()) alive->answer(ticket, response);
                       });
    }

private:
    std::shared_ptr<IoThread::Impl> io_;
    std::weak_ptr<ServerConnection> connection_;
    std::uint64_t ticket_;
};

unsigned status_for(error_code error) {
    if (error == beast_http::error::body_limit) return 413;
    if (error == beast_http::error::header_limit) return 431;
    return 400;
}

}  // namespace

asio::mutable_buffer InputBuffer::room() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == bytes_.size() && begin_ > 0) {
        std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == bytes_.size()) bytes_.resize(std::max(bytes_.size(), std::min(bytes_.size() * 2, bytes_max_)));
    return asio::buffer(bytes_.data() + end_, bytes_.size() - end_);
}

ServerConnection::ServerConnection(TcpSocket socket, std::shared_ptr<ServerShared> shared)
    : socket_{std::move(socket)},
      shared_{std::move(shared)},
      input_{shared_->limits.head_bytes_max + chunk_line_bytes_max} {}

void ServerConnection::start() {
    error_code ignored;
    std::ignore = socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
    enter(Phase::idle, shared_->limits.read_time);  // who connects has something to ask
    read();
}

void ServerConnection::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    since_ = std::chrono::steady_clock::now();
    deadline_ = since_ + limit;
}

void ServerConnection::read() {
    const asio::mutable_buffer room = input_.room();
    if (room.size() == 0) return refuse(beast_http::error::header_limit);
    socket_.async_read_some(
        room, [self = shared_from_this()](error_code error, std::size_t bytes) { self->on_read(error, bytes); });
}

void ServerConnection::on_read(error_code error, std::size_t bytes) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    input_.filled(bytes);
    if (phase_ != Phase::lingering) return parse();
    input_.keep({});
    read();
}

void ServerConnection::parse() {
    std::string_view bytes = input_.unread();
    if (phase_ == Phase::idle) {
        if (bytes.empty()) return read();
        enter(Phase::reading, shared_->limits.read_time);
        parser_.emplace(ParserLimits{shared_->limits.head_bytes_max, shared_->limits.body_bytes_max});
        body_invited_ = false;
    }
    const error_code error = parser_->take(bytes);
    input_.keep(bytes);
    if (error) return refuse(error);
    if (parser_->is_done()) return hand_over();
    invite_body();
    read();
}

// A client that asked leave to send its body gets it; the few bytes fit into an empty socket.
void ServerConnection::invite_body() {
    if (body_invited_ || !parser_->is_header_done()) return;
    body_invited_ = true;
    if (find_header(parser_->headers, "Expect") == nullptr) return;
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code ignored;
    std::ignore = socket_.non_blocking(true, ignored);
    std::ignore = socket_.write_some(asio::buffer(go_on.data(), go_on.size()), ignored);
}

void ServerConnection::refuse(error_code why) {
    keep_alive_ = false;
    write({.status = status_for(why)});
}

void ServerConnection::hand_over() {
    enter(Phase::answering, shared_->limits.answer_time);
    keep_alive_ = parser_->keep_alive() && parser_->is_http_1_1;  // before 1.1 it would have to be agreed
    ++ticket_;
    Request request{std::move(parser_->method), std::move(parser_->target), std::move(parser_->headers),
                    std::move(parser_->body)};
    head_only_ = request.method == "HEAD";
    shared_->handler(std::move(request), Answer{shared_->io.shared_from_this(), weak_from_this(), ticket_});
}

void ServerConnection::answer(std::uint64_t ticket, const Response& response) {
    if (phase_ == Phase::answering && ticket == ticket_) write(response);
}

void ServerConnection::write(const Response& response) {
    keep_alive_ = keep_alive_ && !shared_->draining;
    write_response(output_, response, head_only_ ? Body::omit : Body::send,
                   keep_alive_ ? AfterAnswer::keep_open : AfterAnswer::close);
    enter(Phase::writing, shared_->limits.write_time);
    asio::async_write(socket_, asio::buffer(output_),
                      [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void ServerConnection::on_written(error_code error) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    if (!keep_alive_ || shared_->draining) return linger();
    enter(Phase::idle, shared_->limits.idle_time);
    parse();
}

void ServerConnection::linger() {
    error_code ignored;
    std::ignore = socket_.shutdown(TcpSocket::shutdown_send, ignored);
    enter(Phase::lingering, linger_time);
    input_.keep({});
    read();
}

void ServerConnection::enforce_deadline(Instant now) {
    if (now < deadline_) return;
    if (phase_ != Phase::answering) return close();
    write(
        {.status = 503, .retry_after_s = 1});  // the handler's own answer, should it come, names a request that is over
}

void ServerConnection::drain() {
    if (phase_ == Phase::idle) close();
}

void ServerConnection::close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    close_quietly(socket_);
    const auto self = shared_from_this();
    shared_->connections.erase(self);
    if (shared_->connections.empty() && shared_->on_empty) std::exchange(shared_->on_empty, nullptr)();
}

}  // namespace whistlestop::http
