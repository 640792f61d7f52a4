#include "common/http/unix_connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>

namespace whistlestop::http {

bool UnixSink::write(std::string_view line) {
    const std::lock_guard lock{mutex_};
    if (closed_) return false;
    batch_.text.append(line).push_back('\n');
    unsent_bytes_ += line.size() + 1;
    wake();
    return true;
}

void UnixSink::answered() {
    const std::lock_guard lock{mutex_};
    ++batch_.lines_answered;
    wake();
}

std::size_t UnixSink::unsent_bytes() const {
    const std::lock_guard lock{mutex_};
    return unsent_bytes_;
}

void UnixSink::wake() {
    if (closed_ || std::exchange(woken_, true)) return;
    asio::post(io_->context, [connection = connection_] {
        if (const auto alive = connection.lock()) alive->work();
    });
}

UnixSink::Batch UnixSink::take() {
    const std::lock_guard lock{mutex_};
    woken_ = false;
    return std::exchange(batch_, {});
}

void UnixSink::sent(std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    unsent_bytes_ -= bytes;
}

void UnixSink::close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
}

void UnixConnection::start() {
    sink_ = std::make_shared<UnixSink>(shared_->io.shared_from_this(), weak_from_this());
    read();
}

// Everything goes on from here: what was answered makes room to read, what was written goes out, and a peer that has
// had all its answers is let go.
void UnixConnection::work() {
    if (closed_) return;
    UnixSink::Batch batch = sink_->take();
    check(batch.lines_answered <= unanswered_lines_);  // answered() was called once too often
    unanswered_lines_ -= batch.lines_answered;
    to_write_ += batch.text;
    write();
    if (!hand_over()) refuse_line();
    if (at_end_ && input_.empty() && unanswered_lines_ == 0) {
        to_write_ += std::exchange(refusal_, {});
        write();
        if (to_write_.empty() && writing_.empty()) return close();
    }
    read();
}

// Reads no more. The peer learns why when everything before has been answered, so that it can tell which line it was.
void UnixConnection::refuse_line() {
    refused_ = true;
    refusal_ = "error: line: more than " + std::to_string(shared_->limits.line_bytes_max) + " bytes\n";
    input_.clear();
    searched_ = 0;
    if (!at_end_) on_end();
}

bool UnixConnection::must_pause() const {
    return unanswered_lines_ >= shared_->limits.unanswered_lines_max ||
           sink_->unsent_bytes() >= shared_->limits.unsent_bytes_max;
}

// The whole lines that arrived, as far as the limits allow. False: a line is too long.
bool UnixConnection::hand_over() {
    std::size_t begin = 0;
    while (!must_pause()) {
        const std::size_t end = input_.find('\n', std::max(begin, searched_));
        if (end == std::string::npos) {
            input_.erase(0, at_end_ ? std::string::npos : begin);  // a line without its end may lack more than that
            searched_ = input_.size();
            return input_.size() <= shared_->limits.line_bytes_max;
        }
        if (end - begin > shared_->limits.line_bytes_max) return false;
        ++unanswered_lines_;
        shared_->handler(input_.substr(begin, end - begin), sink_);
        begin = end + 1;
    }
    input_.erase(0, begin);
    searched_ = 0;
    return true;
}

void UnixConnection::read() {
    if (reading_ || at_end_ || must_pause()) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(arrived_), [self = shared_from_this()](error_code error, std::size_t bytes) {
        self->on_read(error, bytes);
    });
}

void UnixConnection::on_read(error_code error, std::size_t bytes) {
    if (closed_ || refused_) return;
    reading_ = false;
    if (error && error != asio::error::eof) return close();
    input_.append(arrived_.data(), bytes);
    if (error) on_end();
    work();
}

// The peer sends no more but may still take answers, unless it is gone altogether: the socket tells that apart.
void UnixConnection::on_end() {
    at_end_ = true;
    socket_.async_wait(UnixSocket::wait_error, [self = shared_from_this()](error_code error) {
        if (!error) self->close();
    });
}

void UnixConnection::write() {
    if (to_write_.empty() || !writing_.empty()) return;
    writing_.swap(to_write_);
    asio::async_write(socket_, asio::buffer(writing_),
                      [self = shared_from_this()](error_code error, std::size_t bytes) {
                          if (self->closed_) return;
                          if (error) return self->close();
                          self->sink_->sent(bytes);
                          self->writing_.clear();
                          self->work();
                      });
}

void UnixConnection::close() {
    if (std::exchange(closed_, true)) return;
    close_quietly(socket_);
    sink_->close();
    sink_.reset();  // it holds the io thread's context, which may hold an operation of ours
    shared_->connections.erase(shared_from_this());
}

}  // namespace whistlestop::http
