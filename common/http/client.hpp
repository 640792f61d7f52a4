#pragma once
// Client: calls to carriers' APIs over HTTP/1.1, with TLS for https.
//
// Written for "one request, one text". A call is never repeated by the client. Until the first byte is written a
// failure is `not_started`, and the caller may safely call again; from then on whatever goes wrong is `unknown`.
// Connections are kept and used again; whether the peer has closed one is looked at just before it is written to.
// Redirects are not followed. Every call gets exactly one outcome, on the io thread, also when the client is destroyed.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/http/io_thread.hpp"
#include "common/http/message.hpp"

namespace whistlestop::http {

struct Call {
    std::string method = {};
    std::string base_url = {};         // http(s)://host[:port], nothing behind it
    std::string target = {};           // path and query, percent-encoded
    std::vector<Header> headers = {};  // Host and Content-Length are the client's
    std::string body = {};
    std::chrono::milliseconds timeout{10'000};  // from the first byte; and for the wait before it without first_byte_by
    std::optional<BootMs> first_byte_by = {};   // not started at this moment or later
};

struct Answer {
    unsigned status = 0;
    std::vector<Header> headers = {};
    std::string body = {};
};

enum class NoAnswer : std::uint8_t {
    not_started,  // proven: not one byte was written
    unknown,      // at least one byte may have been written
};

struct Outcome {
    std::expected<Answer, NoAnswer> answer;
    BootMs first_byte = {};   // read after the write returned; means nothing for not_started
    std::string detail = {};  // why there is no answer: for a log line, without anything of the call in it
};

using Done = std::move_only_function<void(Outcome)>;

struct ClientLimits {
    std::size_t connections_max = 1000;  // per base_url; over it calls wait
    std::size_t answer_bytes_max = 1'048'576;
    std::uint32_t head_bytes_max = 32'768;
    std::chrono::milliseconds idle_time{30'000};    // then an unused connection is closed
    std::chrono::milliseconds connect_time{5'000};  // TLS handshake included
    std::string ca_file = {};                       // PEM of the authorities to trust; empty: the system's
};

class Client {
public:
    // `io` and `clock` must outlive this. A ca_file that cannot be read shows as not_started on every https call.
    Client(IoThread& io, ClientLimits limits, const Clock& clock);
    ~Client();  // ends every call that is under way; not from the io thread
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // From any thread. `done` runs on the io thread and must not block.
    void call(Call call, Done done);

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with operations that are still on the io thread
};

}  // namespace whistlestop::http
