#pragma once
// ClientConnection: one socket to a carrier, carrying one call at a time. For sources of common/http only.
//
// A read is always pending, so that the peer's close is seen while the connection is idle. Everything here runs on the
// io thread.

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/http/client.hpp"
#include "common/http/io_thread_impl.hpp"
#include "common/http/parser.hpp"
#include "common/http/tls.hpp"
#include "common/http/url.hpp"

namespace whistlestop::http {

// A call that waits for its one outcome.
struct Exchange {
    Call call;
    Done done;
    BootMs give_up;  // not started at this moment or later

    void fail(NoAnswer why, BootMs first_byte, std::string detail) {
        done(Outcome{std::unexpected{why}, first_byte, std::move(detail)});
    }
};

class ClientConnection;

// Who keeps the connections of one base_url.
class ConnectionOwner {
public:
    virtual ~ConnectionOwner() = default;
    virtual void on_usable(ClientConnection& connection) = 0;  // connected, or its call is over
    virtual void on_not_connected(ClientConnection& connection, const std::string& detail) = 0;  // it is closed
    virtual void on_closed(ClientConnection& connection) = 0;                                    // after it was usable
};

// What all connections of a client share.
struct ClientShared {
    IoThread::Impl& io;
    ClientLimits limits;
    const Clock& clock;
};

class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
public:
    using Endpoints = asio::ip::tcp::resolver::results_type;

    // `owner` hears nothing more once the connection is closed, so it need not outlive it. No `tls`: plain http.
    ClientConnection(const ClientShared& shared, ConnectionOwner& owner, const BaseUrl& url, std::optional<Tls> tls);

    void connect(const Endpoints& endpoints);

    // Whether an idle connection may carry a call: the peer has neither closed it nor said anything unasked.
    [[nodiscard]] bool still_open();

    // Writes the call, unless its time has passed: false then, and `exchange` has its outcome.
    bool send(Exchange exchange);

    void enforce_deadline(BootMs now);
    void close(const std::string& detail);  // a call under way ends as unknown

private:
    enum class Phase : std::uint8_t { connecting, idle, busy, closed };

    void enter(Phase phase, std::chrono::milliseconds limit);
    void on_connected(error_code error);
    void establish();
    void become_usable();
    void write_first();
    void end_unstarted(const std::string& detail);
    void flush();
    void on_written(error_code error);
    void read();
    void on_read(error_code error, std::size_t bytes);
    bool take_in(std::size_t bytes);
    void parse();
    void on_end(error_code error);
    void complete();

    const ClientShared& shared_;
    ConnectionOwner& owner_;
    const BaseUrl& url_;
    TcpSocket socket_;
    std::optional<Tls> tls_;
    Phase phase_ = Phase::connecting;
    BootMs deadline_;
    std::optional<Exchange> exchange_;
    std::optional<MessageParser<false>> parser_;
    BootMs first_byte_;
    std::string output_;                // to be written
    std::string writing_;               // being written
    std::string input_;                 // decrypted, not yet parsed
    std::array<char, 16'384> arrived_;  // what the pending read fills
};

}  // namespace whistlestop::http
