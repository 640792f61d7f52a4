#include "services/intake/webhook/webhooks.hpp"

#include <utility>

#include "common/fault/fault.hpp"

namespace whistlestop::intake {
namespace {

constexpr std::int64_t log_pause_ms = 10'000;  // between two lines about one reason: strangers choose how often it is

obs::Counter admitted(obs::Registry& registry, std::string_view kind) {
    return registry.counter("whistlestop_intake_webhooks_total", "Webhooks that were signed and readable.",
                            {{"kind", std::string{kind}}});
}

obs::Counter refused(obs::Registry& registry, Reason reason) {
    return registry.counter("whistlestop_intake_refused_total", "Webhooks that were not answered 2xx.",
                            {{"reason", std::string{name_of(reason)}}});
}

// An empty answer: Twilio would send a text in it to the contact.
http::Response done() { return {.status = 200, .content_type = "text/xml", .body = "<Response/>"}; }

}  // namespace

Webhooks::Webhooks(Log& log, const Clock& clock, WebhookSettings settings, obs::Registry& registry, obs::Logger& logger)
    : log_{log},
      clock_{clock},
      settings_{std::move(settings)},
      logger_{logger},
      admitted_{admitted(registry, "inbound"), admitted(registry, "status")},
      refused_{[&]<std::size_t... i>(std::index_sequence<i...>) {
          return std::array<Refused, reason_count>{Refused{refused(registry, static_cast<Reason>(i)), {}}...};
      }(std::make_index_sequence<reason_count>{})},
      durable_seconds_{registry.histogram("whistlestop_intake_durable_seconds",
                                          "From a webhook's arrival to its commit.", obs::seconds_buckets)},
      waiting_{std::make_shared<std::atomic<std::size_t>>(0)} {
    registry.at_scrape([waiting = waiting_, gauge = registry.gauge("whistlestop_intake_waiting",
                                                                   "Webhooks that are not durable yet.")]() mutable {
        gauge.set(static_cast<double>(waiting->load()));
    });
}

void Webhooks::handle(const http::Request& request, http::Respond respond) {
    if (const auto refusal = shed()) return refuse(*refusal, respond);
    auto read = read_webhook(request, settings_.door, clock_.wall());
    if (!read) return refuse(read.error(), respond);
    admitted_[static_cast<std::size_t>(read->kind)].add();
    append(std::move(read->commit), std::move(respond));
}

std::optional<Refusal> Webhooks::shed() const {
    if (*waiting_ >= settings_.waiting_max) return Refusal{Reason::busy, "too many are waiting"};
    return std::nullopt;
}

void Webhooks::append(Commit commit, http::Respond respond) {
    fault::point(fault::intake_before_append);
    ++*waiting_;
    auto durable = [waiting = waiting_, seconds = durable_seconds_, &clock = clock_, arrived = clock_.boot(),
                    answer = std::move(respond)](const Receipt&) mutable {
        fault::point(fault::intake_after_durable);
        --*waiting;
        seconds.observe(static_cast<double>(clock.boot() - arrived) / 1000);
        answer(done());
    };
    log_.submit(std::move(commit), std::move(durable));
}

void Webhooks::refuse(const Refusal& refusal, http::Respond& respond) {
    Refused& refused = refused_[static_cast<std::size_t>(refusal.reason)];
    refused.count.add();
    const BootMs now = clock_.boot();
    if (!refused.logged || now - *refused.logged >= log_pause_ms) {
        refused.logged = now;
        logger_.warning("webhook_refused", {{"reason", name_of(refusal.reason)}, {"detail", refusal.detail}});
    }
    respond(answer_to(refusal));
}

}  // namespace whistlestop::intake
