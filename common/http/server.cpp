#include "common/http/server.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

#include "common/http/response_text.hpp"
#include "common/http/server_connection.hpp"

namespace whistlestop::http {
namespace {

using std::chrono::milliseconds;

// How often deadlines are looked at: late by a quarter at most, however short the limits of a test are.
milliseconds sweep_interval(const ServerLimits& limits) {
    const milliseconds shortest = std::min({limits.read_time, limits.idle_time, limits.answer_time, limits.write_time});
    return std::clamp(shortest / 4, milliseconds{5}, milliseconds{250});
}

// Best effort: a peer that has sent its request already may see a reset instead.
void turn_away(TcpSocket socket) {
    std::string text;
    write_response(text, {.status = 503, .retry_after_s = 1}, Body::send, AfterAnswer::close);
    error_code ignored;
    std::ignore = socket.non_blocking(true, ignored);
    std::ignore = socket.write_some(asio::buffer(text), ignored);
    std::ignore = socket.shutdown(TcpSocket::shutdown_both, ignored);
}

Result<void> bind_to(TcpAcceptor& acceptor, const std::string& address, std::uint16_t port) {
    error_code no_address;
    const auto ip = asio::ip::make_address(address, no_address);
    if (no_address) return fail(Fault::invalid, "not an address to listen on: " + address);
    const asio::ip::tcp::endpoint endpoint{ip, port};
    try {
        acceptor.open(endpoint.protocol());
        acceptor.set_option(TcpAcceptor::reuse_address{true});
        acceptor.bind(endpoint);
        acceptor.listen(TcpAcceptor::max_listen_connections);
    } catch (const boost::system::system_error& error) {
        return fail(Fault::unavailable,
                    "listen on " + address + " port " + std::to_string(port) + ": " + error.code().message());
    }
    return {};
}

}  // namespace

struct Server::State : std::enable_shared_from_this<State> {
    State(IoThread::Impl& io, ServerLimits limits, Handler handler)
        : acceptor{io.context},
          timer{io.context},
          shared{std::make_shared<ServerShared>(io, limits, std::move(handler))} {}

    void accept();
    void on_accept(error_code error, TcpSocket socket);
    [[nodiscard]] bool make_room();
    void sweep();
    void drain(std::move_only_function<void()> on_empty);
    void close_all();

    TcpAcceptor acceptor;
    Timer timer;
    std::shared_ptr<ServerShared> shared;  // with the connections
    std::uint16_t port = 0;
    bool accepting = true;
};

void Server::State::accept() {
    acceptor.async_accept(acceptor.get_executor(), [self = shared_from_this()](error_code error, TcpSocket socket) {
        self->on_accept(error, std::move(socket));
    });
}

void Server::State::on_accept(error_code error, TcpSocket socket) {
    if (shared->draining) return;
    accepting = !error;  // no descriptor left, for example: the next sweep tries again
    if (error) return;
    if (shared->connections.size() >= shared->limits.connections_max && !make_room()) {
        turn_away(std::move(socket));
    } else {
        const auto connection = std::make_shared<ServerConnection>(std::move(socket), shared);
        shared->connections.insert(connection);
        connection->start();
    }
    accept();
}

// Connections that say nothing cost a stranger nothing: they must not keep a carrier out.
bool Server::State::make_room() {
    ServerConnection* first = nullptr;
    for (const auto& connection : shared->connections)
        if (connection->owes_request() && (first == nullptr || connection->room_order() < first->room_order()))
            first = connection.get();
    if (first == nullptr) return false;
    first->close();
    return true;
}

void Server::State::sweep() {
    timer.expires_after(sweep_interval(shared->limits));
    timer.async_wait([self = shared_from_this()](error_code error) {
        if (error) return;
        const Instant now = std::chrono::steady_clock::now();
        for (auto next = self->shared->connections.begin(); next != self->shared->connections.end();) {
            const auto connection = *next++;  // which may remove itself
            connection->enforce_deadline(now);
        }
        if (!std::exchange(self->accepting, true)) self->accept();
        self->sweep();
    });
}

void Server::State::drain(std::move_only_function<void()> on_empty) {
    shared->draining = true;
    close_quietly(acceptor);
    shared->on_empty = std::move(on_empty);
    if (shared->connections.empty()) return std::exchange(shared->on_empty, nullptr)();
    for (auto next = shared->connections.begin(); next != shared->connections.end();) {
        const auto connection = *next++;
        connection->drain();
    }
}

void Server::State::close_all() {
    shared->draining = true;
    close_quietly(acceptor);
    timer.cancel();
    while (!shared->connections.empty()) {
        const auto connection = *shared->connections.begin();
        connection->close();
    }
}

bool is_address(const std::string& text) {
    error_code no_address;
    std::ignore = asio::ip::make_address(text, no_address);
    return !no_address;
}

Result<std::unique_ptr<Server>> Server::listen(IoThread& io, const std::string& address, std::uint16_t port,
                                               ServerLimits limits, Handler handler) {
    check(handler != nullptr);
    auto state = std::make_shared<State>(*io.impl(), limits, std::move(handler));
    if (auto bound = bind_to(state->acceptor, address, port); !bound) return std::unexpected{std::move(bound.error())};
    state->port = state->acceptor.local_endpoint().port();
    io.post([state] {
        state->accept();
        state->sweep();
    });
    return std::unique_ptr<Server>{new Server{std::move(state)}};
}

Server::Server(std::shared_ptr<State> state) : state_{std::move(state)} {}

Server::~Server() {
    run_and_wait(state_->shared->io, [&] { state_->close_all(); });
}

std::uint16_t Server::port() const { return state_->port; }

void Server::drain(milliseconds limit) {
    const auto empty = std::make_shared<std::promise<void>>();  // may be kept after we stopped waiting
    run_and_wait(state_->shared->io, [&] { state_->drain([empty] { empty->set_value(); }); });
    if (empty->get_future().wait_for(limit) == std::future_status::ready) return;
    run_and_wait(state_->shared->io, [&] { state_->close_all(); });
}

}  // namespace whistlestop::http
