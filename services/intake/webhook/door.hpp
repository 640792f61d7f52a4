#pragma once
// Door: a request becomes records, or a refusal. Pure; the order of its steps is the order of its trust.
//
// Route, method and content type are looked at first, then the signature over the raw bytes, and only what it covers
// is decoded: nothing unsigned becomes anything of ours.

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <vector>

#include "common/base/clock.hpp"
#include "common/http/server.hpp"
#include "common/log/log.hpp"
#include "services/intake/webhook/route.hpp"

namespace whistlestop::intake {

enum class Reason : std::uint8_t { busy, route, method, content_type, signature, account, malformed };
inline constexpr std::size_t reason_count = static_cast<std::size_t>(Reason::malformed) + 1;

// For a metric's label and a log line.
[[nodiscard]] std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason;
    std::string detail;  // names field and limit, never a value
};

[[nodiscard]] http::Response answer_to(const Refusal& refusal);

struct WebhookAccount {
    std::string provider;
    std::string sid;                  // what the provider calls the account
    std::vector<std::string> tokens;  // secrets; any of them verifies
};

struct DoorSettings {
    std::map<std::string, WebhookAccount, std::less<>> accounts;  // by id
    std::string public_url;                                       // before the target: what carriers sign
};

struct Admitted {
    WebhookKind kind;
    Commit commit;  // one record
};

[[nodiscard]] std::expected<Admitted, Refusal> read_webhook(const http::Request& request, const DoorSettings& settings,
                                                            WallMs now);

}  // namespace whistlestop::intake
