#include "services/whistlestop/operations/operations.hpp"

#include <string_view>
#include <utility>

namespace whistlestop {
namespace {

http::Response probe(bool holds) {
    return holds ? http::Response{.status = 200, .body = "ok\n"} : http::Response{.status = 503, .body = "not now\n"};
}

}  // namespace

Result<std::unique_ptr<Operations>> Operations::listen(const std::string& address, std::uint16_t port, Probes probes,
                                                       const obs::Registry& registry) {
    std::unique_ptr<Operations> made{new Operations{std::move(probes), registry}};
    auto server = http::Server::listen(
        made->io_, address, port, {},
        [self = made.get()](const http::Request& request, http::Respond respond) { respond(self->answer(request)); });
    if (!server) return std::unexpected{std::move(server.error())};
    made->server_ = std::move(*server);
    return made;
}

http::Response Operations::answer(const http::Request& request) const {
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = 405, .headers = {{"Allow", "GET, HEAD"}}};
    const std::string_view path = std::string_view{request.target}.substr(0, request.target.find('?'));
    if (path == "/livez") return probe(probes_.live());
    if (path == "/readyz") return probe(probes_.ready());
    if (path == "/startupz") return probe(probes_.started());
    if (path == "/metrics") return {.content_type = "text/plain; version=0.0.4", .body = registry_.text()};
    return {.status = 404, .body = "want /livez, /readyz, /startupz or /metrics\n"};
}

}  // namespace whistlestop
