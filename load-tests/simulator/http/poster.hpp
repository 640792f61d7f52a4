#pragma once
// Posts prebuilt requests over a bounded pool of keep-alive connections, with two queues: what people said goes before
// reports. It never repeats a request by itself; whoever asked hears what became of it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "load-tests/simulator/base/clock.hpp"

namespace simulator::http {

enum class Urgency : std::uint8_t { first, later };

struct Posted {
    int status = 0;            // 0: no answer
    std::string_view failure;  // empty, "address", "connect", "closed", "timeout" or "malformed"
    WallMicros sent = 0;       // just before the first byte left; when it was given up without one
    WallMicros answered = 0;   // when the first byte of the answer reached this machine's kernel, or it failed
};

struct Post {
    std::string host;  // an IPv4 or IPv6 address, or "localhost"
    std::uint16_t port = 80;
    std::string request;  // every byte of it
    std::move_only_function<void(const Posted&)> done;
};

class Poster {
public:
    struct Settings {
        std::size_t connections_max = 64;
        std::chrono::milliseconds timeout{15'000};  // from the first byte (or the start of connecting) to the answer
    };

    Poster(boost::asio::io_context& io, Settings settings);
    ~Poster();
    Poster(const Poster&) = delete;
    Poster& operator=(const Poster&) = delete;

    void post(Post post, Urgency urgency);

    // Ends posts that have waited for too long; to be called a few times a second.
    void sweep();

    [[nodiscard]] std::size_t waiting() const { return queues_[0].size() + queues_[1].size(); }
    [[nodiscard]] std::size_t busy() const { return busy_; }

private:
    class Line;  // one connection
    using Endpoint = boost::asio::ip::tcp::endpoint;

    void pump();
    bool begin(Post post);
    std::shared_ptr<Line> line_to(const Endpoint& endpoint);
    void drop(const Line& line);

    boost::asio::io_context& io_;
    Settings settings_;
    std::deque<Post> queues_[2];
    std::vector<std::shared_ptr<Line>> lines_;  // shared with the handlers that wait on their sockets
    std::vector<Line*> idle_;                   // of lines_; the last one used is the next one taken
    std::size_t busy_ = 0;
};

}  // namespace simulator::http
