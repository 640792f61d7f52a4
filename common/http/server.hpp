#pragma once
// Server: HTTP/1.1 over TCP, one request at a time per connection.
//
// The handler runs on the io thread and must not block; it answers through `Respond`, at once or later, from any
// thread. A connection that is slow, idle, or says what HTTP does not allow is closed; see ServerLimits. TLS is the
// job of what stands in front.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/http/io_thread.hpp"
#include "common/http/message.hpp"

namespace whistlestop::http {

struct Request {
    std::string method = {};
    std::string target = {};  // as it stood in the request line, still percent-encoded
    std::vector<Header> headers = {};
    std::string body = {};

    [[nodiscard]] const std::string* header(std::string_view name) const { return find_header(headers, name); }
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain";
    std::string body = {};
    std::optional<unsigned> retry_after_s = {};
    std::vector<Header> headers = {};  // besides those that the fields above make
};

// To be called once. Dropping it unused answers 500; an answer that comes too late is ignored.
using Respond = std::move_only_function<void(Response)>;
using Handler = std::function<void(Request, Respond)>;

struct ServerLimits {
    std::size_t body_bytes_max = 65'536;            // over it: 413
    std::uint32_t head_bytes_max = 16'384;          // over it: 431
    std::size_t connections_max = 4096;             // over it: one that asks nothing makes room; 503 if there is none
    std::chrono::milliseconds read_time{10'000};    // from connect to first byte, and from there to the last
    std::chrono::milliseconds idle_time{75'000};    // between requests; over it: closed
    std::chrono::milliseconds answer_time{15'000};  // for the handler; over it: 503
    std::chrono::milliseconds write_time{10'000};   // for the peer to take the answer; over it: closed
};

// Can a server listen on it: is it an IP address? 0.0.0.0 for all.
[[nodiscard]] bool is_address(const std::string& text);

class Server {
public:
    // Port 0 takes a free one. Fault::unavailable: the port is taken; Fault::invalid: no such address.
    [[nodiscard]] static Result<std::unique_ptr<Server>> listen(IoThread& io, const std::string& address,
                                                                std::uint16_t port, ServerLimits limits,
                                                                Handler handler);
    ~Server();  // closes every connection; the handler is not called again
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;

    // Accepts no more, closes what is idle, and waits until every request that had begun is answered, at most `limit`;
    // then closes the rest. Not from the io thread.
    void drain(std::chrono::milliseconds limit);

private:
    struct State;
    explicit Server(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;  // shared with operations that are still on the io thread
};

}  // namespace whistlestop::http
