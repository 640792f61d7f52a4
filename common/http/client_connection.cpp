#include "common/http/client_connection.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace whistlestop::http {
namespace {

constexpr std::size_t chunk_line_bytes_max = 4096;

void append_request(std::string& out, const Call& call, const std::string& authority) {
    fmt::format_to(std::back_inserter(out), "{} {} HTTP/1.1\r\nHost: {}\r\n", call.method, call.target, authority);
    for (const Header& header : call.headers) out.append(header.name).append(": ").append(header.value).append("\r\n");
    if (!call.body.empty() || (call.method != "GET" && call.method != "HEAD"))
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", call.body.size());
    out.append("\r\n").append(call.body);
}

bool is_interim(unsigned status) { return status / 100 == 1; }

}  // namespace

ClientConnection::ClientConnection(const ClientShared& shared, ConnectionOwner& owner, const BaseUrl& url,
                                   std::optional<Tls> tls)
    : shared_{shared}, owner_{owner}, url_{url}, socket_{shared.io.context}, tls_{std::move(tls)} {}

void ClientConnection::enter(Phase phase, std::chrono::milliseconds limit) {
    phase_ = phase;
    deadline_ = shared_.clock.boot() + limit.count();
}

void ClientConnection::connect(const Endpoints& endpoints) {
    enter(Phase::connecting, shared_.limits.connect_time);
    asio::async_connect(socket_, endpoints,
                        [self = shared_from_this()](error_code error, const auto&) { self->on_connected(error); });
}

void ClientConnection::on_connected(error_code error) {
    if (phase_ == Phase::closed) return;
    if (!error) error = socket_.set_option(asio::ip::tcp::no_delay{true}, error);
    if (!error) error = socket_.non_blocking(true, error);
    if (error) return close("connect: " + error.message());
    if (tls_ && !tls_->start(output_)) return close(tls_->error());
    flush();
    establish();
    read();
}

// The first call may not overtake the end of the handshake, so that must have gone out.
void ClientConnection::establish() {
    if (phase_ == Phase::connecting && (!tls_ || tls_->established()) && writing_.empty()) become_usable();
}

void ClientConnection::become_usable() {
    enter(Phase::idle, shared_.limits.idle_time);
    owner_.on_usable(*this);
}

bool ClientConnection::still_open() {
    check(phase_ == Phase::idle);
    error_code error;
    const std::size_t bytes = socket_.read_some(asio::buffer(arrived_), error);
    if (error == asio::error::would_block) return input_.empty() && writing_.empty();
    if (error || !tls_ || !take_in(bytes)) return false;  // TLS may say things of its own after the handshake
    return input_.empty() && writing_.empty() && !tls_->peer_closed();
}

bool ClientConnection::send(Exchange exchange) {
    check(phase_ == Phase::idle && output_.empty());
    std::string text;
    append_request(text, exchange.call, url_.authority);
    parser_.emplace(ParserLimits{shared_.limits.head_bytes_max, shared_.limits.answer_bytes_max});
    parser_->skip(exchange.call.method == "HEAD");

    const BootMs now = shared_.clock.boot();
    if (now >= exchange.give_up) {
        exchange.fail(NoAnswer::not_started, now, "too late to start");
        return false;
    }
    exchange_ = std::move(exchange);
    phase_ = Phase::busy;
    if (!tls_) {
        output_ = std::move(text);
    } else if (!tls_->send(text, output_)) {
        end_unstarted(tls_->error());
        return true;
    }
    write_first();
    return true;
}

// The socket is written to at once and not by a later turn of the io thread, so the clock was read just before.
void ClientConnection::write_first() {
    error_code error;
    const std::size_t bytes = socket_.write_some(asio::buffer(output_), error);
    first_byte_ = shared_.clock.boot();
    if (bytes == 0) return end_unstarted("write: " + error.message());  // the kernel took nothing: that is proof
    deadline_ = first_byte_ + exchange_->call.timeout.count();
    output_.erase(0, bytes);
    flush();
}

void ClientConnection::end_unstarted(const std::string& detail) {
    Exchange exchange = std::move(*exchange_);
    exchange_.reset();
    close(detail);
    exchange.fail(NoAnswer::not_started, first_byte_, detail);
}

void ClientConnection::flush() {
    if (output_.empty() || !writing_.empty()) return;
    writing_.swap(output_);
    asio::async_write(socket_, asio::buffer(writing_),
                      [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void ClientConnection::on_written(error_code error) {
    if (phase_ == Phase::closed) return;
    if (error) return close("write: " + error.message());
    writing_.clear();
    flush();
    establish();
}

void ClientConnection::read() {
    if (phase_ == Phase::closed) return;
    socket_.async_read_some(asio::buffer(arrived_), [self = shared_from_this()](error_code error, std::size_t bytes) {
        self->on_read(error, bytes);
    });
}

void ClientConnection::on_read(error_code error, std::size_t bytes) {
    if (phase_ == Phase::closed) return;
    if (error) return on_end(error);
    if (!take_in(bytes)) return close(tls_->error());
    establish();
    if (phase_ == Phase::busy) parse();
    if (phase_ == Phase::idle && !input_.empty()) return close("unasked bytes");
    if (phase_ != Phase::closed && tls_ && tls_->peer_closed()) return on_end(asio::error::eof);
    read();
}

// False: TLS is broken.
bool ClientConnection::take_in(std::size_t bytes) {
    const std::string_view arrived{arrived_.data(), bytes};
    if (!tls_) {
        input_.append(arrived);
        return true;
    }
    const bool ok = tls_->receive(arrived, input_, output_);
    flush();
    return ok;
}

void ClientConnection::parse() {
    while (!input_.empty()) {
        std::string_view bytes = input_;
        const error_code error = parser_->take(bytes);
        input_.erase(0, input_.size() - bytes.size());
        if (error) return close("bad answer: " + error.message());
        if (parser_->is_done() && !is_interim(parser_->status)) return complete();
        if (parser_->is_done()) {
            parser_.emplace(ParserLimits{shared_.limits.head_bytes_max, shared_.limits.answer_bytes_max});
            parser_->skip(exchange_->call.method == "HEAD");
        } else if (!input_.empty()) {
            if (input_.size() > shared_.limits.head_bytes_max + chunk_line_bytes_max) close("bad answer: endless line");
            return;
        }
    }
}

// The peer has closed. An answer without a length ends here; over TLS only if the peer said goodbye.
void ClientConnection::on_end(error_code error) {
    const bool proper = error == asio::error::eof && (!tls_ || tls_->peer_closed());
    if (phase_ != Phase::busy || !proper || !parser_->is_header_done() || !parser_->need_eof())
        return close("closed by the peer: " + error.message());
    error_code incomplete;
    parser_->put_eof(incomplete);
    if (incomplete) return close("bad answer: " + incomplete.message());
    complete();
}

void ClientConnection::complete() {
    Outcome outcome{Answer{parser_->status, std::move(parser_->headers), std::move(parser_->body)}, first_byte_, {}};
    Exchange exchange = std::move(*exchange_);
    exchange_.reset();
    if (parser_->keep_alive() && input_.empty() && output_.empty() && writing_.empty()) {
        become_usable();
    } else {
        close("not kept alive");
    }
    exchange.done(std::move(outcome));
}

void ClientConnection::enforce_deadline(BootMs now) {
    if (now < deadline_) return;
    close(phase_ == Phase::busy ? "no answer in time" : "not connected in time");
}

void ClientConnection::close(const std::string& detail) {
    if (phase_ == Phase::closed) return;
    const Phase before = std::exchange(phase_, Phase::closed);
    const auto self = shared_from_this();  // the owner lets go of it
    close_quietly(socket_);
    if (before == Phase::connecting) {
        owner_.on_not_connected(*this, detail);
    } else {
        owner_.on_closed(*this);
    }
    if (exchange_) exchange_->fail(NoAnswer::unknown, first_byte_, detail);
    exchange_.reset();
}

}  // namespace whistlestop::http
