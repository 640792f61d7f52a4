#include "common/http/client.hpp"

#include <boost/asio/ip/basic_resolver.hpp>

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/http/client_connection.hpp"

namespace whistlestop::http {
namespace {

using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;

constexpr std::chrono::milliseconds sweep_interval{50};

bool well_formed(const Call& call) {
    const auto header_fits = [](const Header& h) { return fits_in_head(h.name) && fits_in_head(h.value); };
    return call.target.starts_with('/') && call.target.find(' ') == std::string::npos && fits_in_head(call.target) &&
           fits_in_head(call.method) && std::ranges::all_of(call.headers, header_fits);
}

// The calls and connections of one base_url.
class Origin final : public ConnectionOwner, public std::enable_shared_from_this<Origin> {
public:
    Origin(const ClientShared& shared, BaseUrl url, SSL_CTX* tls)
        : shared_{shared}, url_{std::move(url)}, tls_{tls}, resolver_{shared.io.context} {}

    void submit(Exchange exchange) {
        waiting_.push_back(std::move(exchange));
        pump();
    }
    void sweep(BootMs now);
    void close();
    [[nodiscard]] bool has_work() const { return !waiting_.empty() || !connections_.empty(); }

private:
    void on_usable(ClientConnection& connection) override {
        connecting_.erase(&connection);  // unless it is back from a call
        idle_.push_back(&connection);
        pump();
    }
    void on_not_connected(ClientConnection& connection, const std::string& detail) override;
    void on_closed(ClientConnection& connection) override;

    void pump();
    ClientConnection* take_idle();
    Exchange take_waiting();
    void fail_all(const std::string& detail);
    bool connect();
    void resolve();
    void on_resolved(error_code error, ClientConnection::Endpoints endpoints);

    const ClientShared& shared_;
    const BaseUrl url_;
    SSL_CTX* tls_;  // null: plain http
    Resolver resolver_;
    ClientConnection::Endpoints endpoints_;  // empty: to be resolved
    bool resolving_ = false;
    bool pumping_ = false;
    std::deque<Exchange> waiting_;
    std::unordered_set<std::shared_ptr<ClientConnection>> connections_;
    std::unordered_set<ClientConnection*> connecting_;
    std::vector<ClientConnection*> idle_;  // the one used last is used first, so that those not needed age
};

void Origin::on_not_connected(ClientConnection& connection, const std::string& detail) {
    connecting_.erase(&connection);
    connections_.erase(connection.shared_from_this());
    endpoints_ = {};
    if (!waiting_.empty()) take_waiting().fail(NoAnswer::not_started, {}, detail);
    pump();
}

void Origin::on_closed(ClientConnection& connection) {
    std::erase(idle_, &connection);
    connections_.erase(connection.shared_from_this());
    pump();
}

// Gives waiting calls to idle connections, and opens connections for those that remain.
void Origin::pump() {
    if (std::exchange(pumping_, true)) return;  // a connection closed meanwhile; the loops below see it
    while (!waiting_.empty()) {
        ClientConnection* connection = take_idle();
        if (connection == nullptr) break;
        if (!connection->send(take_waiting())) idle_.push_back(connection);
    }
    while (connecting_.size() < waiting_.size() && connections_.size() < shared_.limits.connections_max && connect()) {
    }
    pumping_ = false;
}

ClientConnection* Origin::take_idle() {
    while (!idle_.empty()) {
        const auto connection = idle_.back()->shared_from_this();
        idle_.pop_back();
        if (connection->still_open()) return connection.get();
        connection->close("closed while idle");
    }
    return nullptr;
}

Exchange Origin::take_waiting() {
    Exchange first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
}

void Origin::fail_all(const std::string& detail) {
    for (Exchange& exchange : std::exchange(waiting_, {})) exchange.fail(NoAnswer::not_started, {}, detail);
}

// False while the address is not known.
bool Origin::connect() {
    if (endpoints_.empty()) {
        resolve();
        return false;
    }
    std::optional<Tls> tls;
    if (tls_ != nullptr) tls.emplace(*tls_, url_.host);
    const auto connection = std::make_shared<ClientConnection>(shared_, *this, url_, std::move(tls));
    connections_.insert(connection);
    connecting_.insert(connection.get());
    connection->connect(endpoints_);
    return true;
}

void Origin::resolve() {
    if (std::exchange(resolving_, true)) return;
    resolver_.async_resolve(url_.host, std::to_string(url_.port),
                            [self = weak_from_this()](error_code error, ClientConnection::Endpoints endpoints) {
                                if (const auto alive = self.lock()) alive->on_resolved(error, std::move(endpoints));
                            });
}

void Origin::on_resolved(error_code error, ClientConnection::Endpoints endpoints) {
    resolving_ = false;
    if (error) return fail_all("resolve: " + error.message());
    endpoints_ = std::move(endpoints);
    pump();
}

void Origin::sweep(BootMs now) {
    std::deque<Exchange> late;
    std::erase_if(waiting_, [&](Exchange& exchange) {
        if (now < exchange.give_up) return false;
        late.push_back(std::move(exchange));
        return true;
    });
    for (Exchange& exchange : late) exchange.fail(NoAnswer::not_started, {}, "no connection in time");
    const std::vector<std::shared_ptr<ClientConnection>> all{connections_.begin(), connections_.end()};
    for (const auto& connection : all) connection->enforce_deadline(now);
}

void Origin::close() {
    pumping_ = true;  // for good: nothing is opened or started any more
    resolver_.cancel();
    fail_all("client closed");
    const std::vector<std::shared_ptr<ClientConnection>> all{connections_.begin(), connections_.end()};
    for (const auto& connection : all) connection->close("client closed");
}

}  // namespace

struct Client::State : std::enable_shared_from_this<State> {
    State(IoThread& io, ClientLimits limits, const Clock& clock)
        : shared{*io.impl(), std::move(limits), clock}, timer{shared.io.context} {}

    void submit(Call call, Done done);
    Result<Origin*> origin_for(const std::string& base_url);
    void watch();
    void sweep();
    void close();

    ClientShared shared;
    Timer timer;
    std::optional<TlsContext> tls;  // opened for the first https call
    std::unordered_map<std::string, std::shared_ptr<Origin>> origins;
    bool watching = false;
    bool closed = false;
};

void Client::State::submit(Call call, Done done) {
    Exchange exchange{std::move(call), std::move(done), {}};
    exchange.give_up = exchange.call.first_byte_by.value_or(shared.clock.boot() + exchange.call.timeout.count());
    if (closed) return exchange.fail(NoAnswer::not_started, {}, "client closed");
    if (!well_formed(exchange.call)) return exchange.fail(NoAnswer::not_started, {}, "malformed call");
    const auto origin = origin_for(exchange.call.base_url);
    if (!origin) return exchange.fail(NoAnswer::not_started, {}, origin.error().detail);
    (*origin)->submit(std::move(exchange));
    watch();
}

Result<Origin*> Client::State::origin_for(const std::string& base_url) {
    if (const auto known = origins.find(base_url); known != origins.end()) return known->second.get();
    auto url = parse_base_url(base_url);
    if (!url) return fail(url.error().fault, "base_url: " + url.error().detail);
    if (url->scheme == Scheme::https && !tls) {
        auto opened = open_tls_context(shared.limits.ca_file);
        if (!opened) return std::unexpected{opened.error()};
        tls.emplace(std::move(*opened));
    }
    SSL_CTX* context = url->scheme == Scheme::https ? tls->get() : nullptr;
    return origins.emplace(base_url, std::make_shared<Origin>(shared, std::move(*url), context)).first->second.get();
}

// One coarse timer for every deadline of the client; at rest while there is nothing to watch.
void Client::State::watch() {
    if (std::exchange(watching, true)) return;
    timer.expires_after(sweep_interval);
    timer.async_wait([self = shared_from_this()](error_code error) {
        if (!error) self->sweep();
    });
}

void Client::State::sweep() {
    watching = false;
    const BootMs now = shared.clock.boot();
    for (const auto& [base_url, origin] : origins) origin->sweep(now);
    if (std::ranges::any_of(origins, [](const auto& entry) { return entry.second->has_work(); })) watch();
}

void Client::State::close() {
    closed = true;
    timer.cancel();
    for (const auto& [base_url, origin] : origins) origin->close();
}

Client::Client(IoThread& io, ClientLimits limits, const Clock& clock)
    : state_{std::make_shared<State>(io, std::move(limits), clock)} {}

Client::~Client() {
    run_and_wait(state_->shared.io, [&] { state_->close(); });
}

void Client::call(Call call, Done done) {
    asio::post(state_->shared.io.context, [state = state_, call = std::move(call), done = std::move(done)]() mutable {
        state->submit(std::move(call), std::move(done));
    });
}

}  // namespace whistlestop::http
