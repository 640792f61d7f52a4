#pragma once
// Gateway: what one process owns, made in order and let go in reverse. It composes and decides nothing.

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/log/log.hpp"
#include "common/obs/log.hpp"
#include "common/obs/metrics.hpp"
#include "services/whistlestop/config.hpp"

namespace whistlestop {

class Gateway {
public:
    // Opens the folder, rolls the state forward and binds the webhook port. `logger` and `registry` must outlive it.
    // Fault::unavailable: the folder is another process', or the port is taken; Fault::corrupt: the folder is damaged.
    [[nodiscard]] static Result<std::unique_ptr<Gateway>> open(const Config& config, obs::Logger& logger,
                                                               obs::Registry& registry);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    // Works until `stop` is requested, then begins nothing, hears what is open, and writes the state down. Webhooks are
    // taken to the last: the log keeps them for whoever starts next.
    void run(const std::stop_token& stop);

    // For what else the process shows of it. From any thread.
    [[nodiscard]] Log& log();
    [[nodiscard]] const Clock& clock() const;  // the one by which everything here dates
    [[nodiscard]] std::uint16_t webhook_port() const;
    [[nodiscard]] bool ready() const;                // the views have caught up, the tasks are open, not ending
    [[nodiscard]] std::int64_t beat_age_ms() const;  // since the worker and the io thread last both went round

private:
    struct Parts;
    explicit Gateway(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace whistlestop
