#include "common/http/unix_server.hpp"

#include <boost/system/system_error.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "common/http/unix_connection.hpp"
#include "common/http/unix_path.hpp"

namespace whistlestop::http {
namespace {

// Removes a socket that nobody listens on.
Result<void> make_way(const std::string& path) {
    struct stat there{};
    if (::lstat(path.c_str(), &there) != 0) return {};
    if (!S_ISSOCK(there.st_mode)) return fail(Fault::invalid, "not a socket: " + path);
    if (const auto descriptor = connect_unix(path)) {
        ::close(*descriptor);
        return fail(Fault::unavailable, "another process listens on " + path);
    }
    ::unlink(path.c_str());
    return {};
}

// Nobody can connect between bind and listen, so the mode is right from the first connection on.
Result<void> bind_to(UnixAcceptor& acceptor, const std::string& path) {
    if (const auto address = unix_address(path); !address) return std::unexpected{address.error()};
    if (auto way = make_way(path); !way) return way;
    try {
        acceptor.open(asio::local::stream_protocol{});
        acceptor.bind(asio::local::stream_protocol::endpoint{path});
        check(::chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0);
        acceptor.listen(UnixAcceptor::max_listen_connections);
    } catch (const boost::system::system_error& error) {
        return fail(Fault::unavailable, "listen on " + path + ": " + error.code().message());
    }
    return {};
}

}  // namespace

struct UnixServer::State : std::enable_shared_from_this<State> {
    State(IoThread::Impl& io, UnixServerLimits limits, LineHandler handler)
        : acceptor{io.context},
          timer{io.context},
          shared{std::make_shared<UnixShared>(io, limits, std::move(handler))} {}

    void accept();
    void accept_later();
    void on_accept(UnixSocket socket);
    void close_all();

    UnixAcceptor acceptor;
    Timer timer;
    std::shared_ptr<UnixShared> shared;  // with the connections
    std::string path;
};

void UnixServer::State::accept() {
    acceptor.async_accept(acceptor.get_executor(), [self = shared_from_this()](error_code error, UnixSocket socket) {
        if (!self->acceptor.is_open()) return;
        if (error) return self->accept_later();
        self->on_accept(std::move(socket));
        self->accept();
    });
}

// No descriptor is left, for example.
void UnixServer::State::accept_later() {
    timer.expires_after(std::chrono::milliseconds{100});
    timer.async_wait([self = shared_from_this()](error_code error) {
        if (!error) self->accept();
    });
}

void UnixServer::State::on_accept(UnixSocket socket) {
    if (shared->connections.size() >= shared->limits.connections_max) return;  // which closes it
    const auto connection = std::make_shared<UnixConnection>(std::move(socket), shared);
    shared->connections.insert(connection);
    connection->start();
}

void UnixServer::State::close_all() {
    close_quietly(acceptor);
    timer.cancel();
    ::unlink(path.c_str());
    while (!shared->connections.empty()) {
        const auto connection = *shared->connections.begin();
        connection->close();
    }
}

Result<std::unique_ptr<UnixServer>> UnixServer::listen(IoThread& io, const std::string& path, UnixServerLimits limits,
                                                       LineHandler handler) {
    check(handler != nullptr);
    auto state = std::make_shared<State>(*io.impl(), limits, std::move(handler));
    state->path = path;
    if (auto bound = bind_to(state->acceptor, path); !bound) return std::unexpected{std::move(bound.error())};
    io.post([state] { state->accept(); });
    return std::unique_ptr<UnixServer>{new UnixServer{std::move(state)}};
}

UnixServer::UnixServer(std::shared_ptr<State> state) : state_{std::move(state)} {}

UnixServer::~UnixServer() {
    run_and_wait(state_->shared->io, [&] { state_->close_all(); });
}

}  // namespace whistlestop::http
