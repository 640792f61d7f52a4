#pragma once
// ServerConnection: one accepted socket of a Server, and its journey from request to answer and round again.
//
// Everything here runs on the io thread. Only a Respond crosses threads, and it holds the connection weakly.

#include <boost/asio/buffer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "common/http/io_thread_impl.hpp"
#include "common/http/parser.hpp"
#include "common/http/server.hpp"

namespace whistlestop::http {

class ServerConnection;
using Instant = std::chrono::steady_clock::time_point;

// What the connections of one server share.
struct ServerShared {
    IoThread::Impl& io;
    ServerLimits limits;
    Handler handler;
    std::unordered_set<std::shared_ptr<ServerConnection>> connections = {};
    std::move_only_function<void()> on_empty = {};  // set while draining: called when the last connection is gone
    bool draining = false;
};

// Bytes that were read and not yet parsed. Grows up to a limit.
class InputBuffer {
public:
    explicit InputBuffer(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    // Room to read into; empty when the limit is reached.
    [[nodiscard]] asio::mutable_buffer room();
    void filled(std::size_t bytes) { end_ += bytes; }
    [[nodiscard]] std::string_view unread() const { return {bytes_.data() + begin_, end_ - begin_}; }
    void keep(std::string_view rest) { begin_ = end_ - rest.size(); }  // `rest`: a tail of unread()

private:
    static constexpr std::size_t bytes_first = 4096;  // a webhook fits
    std::size_t bytes_max_;
    std::vector<char> bytes_ = std::vector<char>(bytes_first);
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

class ServerConnection : public std::enable_shared_from_this<ServerConnection> {
public:
    ServerConnection(TcpSocket socket, std::shared_ptr<ServerShared> shared);

    void start();
    void answer(std::uint64_t ticket, const Response& response);
    void enforce_deadline(Instant now);
    // Whoever owes us a request may be closed: first who has not begun one, then who has owed it longest.
    [[nodiscard]] bool owes_request() const { return phase_ == Phase::idle || phase_ == Phase::reading; }
    [[nodiscard]] auto room_order() const { return std::pair{phase_ == Phase::reading, since_}; }
    void drain();
    void close();

private:
    // lingering: the answer is out and we said so; what still comes is thrown away, since closing a socket with
    // unread bytes would destroy the answer on its way.
    enum class Phase : std::uint8_t { idle, reading, answering, writing, lingering, closed };

    void enter(Phase phase, std::chrono::milliseconds limit);
    void read();
    void on_read(error_code error, std::size_t bytes);
    void parse();
    void invite_body();
    void refuse(error_code why);
    void hand_over();
    void write(const Response& response);
    void on_written(error_code error);
    void linger();

    TcpSocket socket_;
    std::shared_ptr<ServerShared> shared_;
    Phase phase_ = Phase::idle;
    Instant since_;  // of the phase
    Instant deadline_;
    InputBuffer input_;
    std::optional<MessageParser<true>> parser_;
    std::string output_;
    std::uint64_t ticket_ = 0;  // names the request being answered, so that a late answer cannot reach the next one
    bool keep_alive_ = true;
    bool body_invited_ = false;
    bool head_only_ = false;  // the request was HEAD
};

}  // namespace whistlestop::http
