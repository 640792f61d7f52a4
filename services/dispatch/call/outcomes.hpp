#pragma once
// Outcomes: what came of our calls to carriers, counted by kind; and a line where a carrier cannot be reached.
//
// A text whose call failed stays open and is tried again, so nobody else says that a carrier is away.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/http/client.hpp"
#include "common/obs/log.hpp"
#include "common/obs/metrics.hpp"
#include "services/dispatch/call/calls.hpp"

namespace whistlestop::dispatch {

class Outcomes {
public:
    // All must outlive this.
    Outcomes(const Clock& clock, obs::Registry& registry, obs::Logger& logger);

    // On one thread, the client's. A warning where nobody answered or the carrier failed: at most one per account and
    // ten seconds.
    void note_send(const std::string& account, const http::Outcome& call, SendOutcome::Kind kind);
    enum class List : std::uint8_t { unreadable, readable };
    void note_list(const std::string& account, const http::Outcome& call, List read);

private:
    void warn(const std::string& account, const http::Outcome& call, std::string_view kind);

    const Clock& clock_;
    obs::Logger& logger_;
    std::array<obs::Counter, send_kind_count> sends_;    // by kind
    std::array<obs::Counter, 2> lists_;                  // by List
    std::map<std::string, BootMs, std::less<>> warned_;  // by account
};

}  // namespace whistlestop::dispatch
