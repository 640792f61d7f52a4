#pragma once
// Route: which account and which kind of webhook a request's target names.

#include <cstdint>
#include <optional>
#include <string_view>

namespace whistlestop::intake {

enum class WebhookKind : std::uint8_t { inbound, status };

// Views into the target.
struct Route {
    std::string_view provider;
    std::string_view account;
    WebhookKind kind = WebhookKind::inbound;
    std::string_view query;  // without the question mark
};

// "/webhooks/{provider}/{account}/{inbound|status}[?query]"; nothing for any other target.
// One with a fragment is another: nobody signs what stands behind a "#".
[[nodiscard]] std::optional<Route> route_of(std::string_view target);

}  // namespace whistlestop::intake
