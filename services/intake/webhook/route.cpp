#include "services/intake/webhook/route.hpp"

namespace whistlestop::intake {
namespace {

// Takes the part before the next slash, and the slash.
std::string_view take_part(std::string_view& path) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size() < path.size() ? part.size() + 1 : part.size());
    return part;
}

}  // namespace

std::optional<Route> route_of(std::string_view target) {
    constexpr std::string_view prefix = "/webhooks/";
    if (target.contains('#')) return std::nullopt;
    const std::size_t question = target.find('?');
    std::string_view path = target.substr(0, question);
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());

    Route route;
    route.provider = take_part(path);
    route.account = take_part(path);
    if (question != std::string_view::npos) route.query = target.substr(question + 1);
    if (path == "inbound") return route;
    route.kind = WebhookKind::status;
    if (path == "status") return route;
    return std::nullopt;
}

}  // namespace whistlestop::intake
