#include "services/dispatch/call/outcomes.hpp"

#include <fmt/format.h>

namespace whistlestop::dispatch {
namespace {

constexpr std::int64_t warn_pause_ms = 10'000;
constexpr unsigned too_many_requests = 429;

obs::Counter counter(obs::Registry& registry, std::string_view call, std::string_view outcome) {
    return registry.counter("whistlestop_dispatch_calls_total", "Calls to carriers, by what came of them.",
                            {{"call", std::string{call}}, {"outcome", std::string{outcome}}});
}

std::array<obs::Counter, send_kind_count> send_counters(obs::Registry& registry) {
    const auto of = [&](SendOutcome::Kind kind) { return counter(registry, "send", name_of(kind)); };
    using enum SendOutcome::Kind;
    return {of(accepted), of(rejected), of(opted_out), of(throttled), of(not_started), of(unknown)};
}

}  // namespace

Outcomes::Outcomes(const Clock& clock, obs::Registry& registry, obs::Logger& logger)
    : clock_{clock},
      logger_{logger},
      sends_{send_counters(registry)},
      lists_{counter(registry, "list", "unreadable"), counter(registry, "list", "readable")} {}

void Outcomes::note_send(const std::string& account, const http::Outcome& call, SendOutcome::Kind kind) {
    sends_[static_cast<std::size_t>(kind)].add();
    using enum SendOutcome::Kind;
    // Any other "not now" than a rate limit needs somebody: a token that was changed, an account that was suspended.
    const bool is_rate = call.answer && call.answer->status == too_many_requests;
    if (kind == not_started || kind == unknown || (kind == throttled && !is_rate)) warn(account, call, name_of(kind));
}

void Outcomes::note_list(const std::string& account, const http::Outcome& call, List read) {
    lists_[static_cast<std::size_t>(read)].add();
    if (read == List::unreadable) warn(account, call, "unreadable");
}

void Outcomes::warn(const std::string& account, const http::Outcome& call, std::string_view kind) {
    const BootMs now = clock_.boot();
    const auto [warned, first] = warned_.try_emplace(account, now);
    if (!first && now - warned->second < warn_pause_ms) return;
    warned->second = now;
    const std::string detail = call.answer ? fmt::format("status {}", call.answer->status) : call.detail;
    logger_.warning("carrier_call_failed", {{"account", account}, {"outcome", kind}, {"detail", detail}});
}

}  // namespace whistlestop::dispatch
