#pragma once
// UnixConnection: one peer of a UnixServer, and the sink that leads back to it. For sources of common/http only.
//
// The connection lives on the io thread. The sink crosses threads: it collects what is to be written and wakes the
// connection, which it holds weakly.

#include <boost/asio/local/stream_protocol.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "common/http/io_thread_impl.hpp"
#include "common/http/unix_server.hpp"

namespace whistlestop::http {

using UnixSocket = asio::basic_stream_socket<asio::local::stream_protocol, Executor>;
using UnixAcceptor = asio::basic_socket_acceptor<asio::local::stream_protocol, Executor>;

class UnixConnection;

// What the connections of one server share.
struct UnixShared {
    IoThread::Impl& io;
    UnixServerLimits limits;
    LineHandler handler;
    std::unordered_set<std::shared_ptr<UnixConnection>> connections = {};
};

class UnixSink final : public LineSink {
public:
    UnixSink(std::shared_ptr<IoThread::Impl> io, std::weak_ptr<UnixConnection> connection)
        : io_{std::move(io)}, connection_{std::move(connection)} {}

    bool write(std::string_view line) override;
    void answered() override;
    [[nodiscard]] std::size_t unsent_bytes() const override;

    // For the connection.
    struct Batch {
        std::string text;
        std::size_t lines_answered = 0;
    };
    [[nodiscard]] Batch take();
    void sent(std::size_t bytes);
    void close();

private:
    void wake();  // with the mutex held

    const std::shared_ptr<IoThread::Impl> io_;  // so that the sink may outlive the io thread
    const std::weak_ptr<UnixConnection> connection_;
    mutable std::mutex mutex_;
    Batch batch_;
    std::size_t unsent_bytes_ = 0;
    bool woken_ = false;
    bool closed_ = false;
};

class UnixConnection : public std::enable_shared_from_this<UnixConnection> {
public:
    UnixConnection(UnixSocket socket, std::shared_ptr<UnixShared> shared)
        : socket_{std::move(socket)}, shared_{std::move(shared)} {}

    void start();
    void work();  // after the sink was used
    void close();

private:
    [[nodiscard]] bool must_pause() const;
    [[nodiscard]] bool hand_over();
    void refuse_line();
    void read();
    void on_read(error_code error, std::size_t bytes);
    void on_end();
    void write();

    UnixSocket socket_;
    std::shared_ptr<UnixShared> shared_;
    std::shared_ptr<UnixSink> sink_;
    std::string input_;
    std::size_t searched_ = 0;  // of input_, without finding a line's end
    std::array<char, 65'536> arrived_;
    std::string to_write_;
    std::string writing_;
    std::size_t unanswered_lines_ = 0;
    bool reading_ = false;
    bool at_end_ = false;   // the peer sends no more
    bool refused_ = false;  // a line was too long; what comes now is not looked at
    std::string refusal_;   // still to be written
    bool closed_ = false;
};

}  // namespace whistlestop::http
