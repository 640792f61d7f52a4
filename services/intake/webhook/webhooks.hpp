#pragma once
// Webhooks: POST /webhooks/{provider}/{account}/{inbound|status}, answered 200 once it is durable.
//
// Nothing is remembered here: a webhook that comes twice is two records with one id, and the stage behind the topic
// keeps one. Each is a commit of its own, and the log makes one frame of all that wait.

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>

#include "common/base/clock.hpp"
#include "common/http/server.hpp"
#include "common/log/log.hpp"
#include "common/obs/log.hpp"
#include "common/obs/metrics.hpp"
#include "services/intake/webhook/door.hpp"

namespace whistlestop::intake {

struct WebhookSettings {
    DoorSettings door;
    std::size_t waiting_max = 4096;  // not yet durable; over it 503
};

class Webhooks {
public:
    // All must outlive this, and `clock` and `registry` also the log, which may still call back.
    Webhooks(Log& log, const Clock& clock, WebhookSettings settings, obs::Registry& registry, obs::Logger& logger);

    // On one thread, the server's. Answers from there, or from the log's.
    void handle(const http::Request& request, http::Respond respond);

private:
    struct Refused {
        obs::Counter count;
        std::optional<BootMs> logged;
    };

    [[nodiscard]] std::optional<Refusal> shed() const;
    void append(Commit commit, http::Respond respond);
    void refuse(const Refusal& refusal, http::Respond& respond);

    Log& log_;
    const Clock& clock_;
    const WebhookSettings settings_;
    obs::Logger& logger_;
    std::array<obs::Counter, 2> admitted_;  // by kind
    std::array<Refused, reason_count> refused_;
    obs::Histogram durable_seconds_;
    std::shared_ptr<std::atomic<std::size_t>> waiting_;  // shared with the callbacks that the log holds
};

}  // namespace whistlestop::intake
