#pragma once
// Everything that can be set, read from one JSON file. README.md describes the file; unknown keys are refused.

#include <boost/json/value.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "load-tests/simulator/base/seeded.hpp"
#include "load-tests/simulator/carrier/faults.hpp"
#include "load-tests/simulator/http/poster.hpp"
#include "load-tests/simulator/phones/habits.hpp"

namespace simulator {

enum class Reach : std::uint8_t { number, account };

// What the carrier does by itself about stop words to one sender.
struct Keywords {
    std::vector<std::string> handled;  // upper case; empty: the carrier hears nothing
    bool answered = false;             // it also answers, in our stead
    Reach reach = Reach::number;       // of the block
};

struct SenderConfig {
    std::string number;
    unsigned mps = 0;  // segments per second that leave; what is above waits. 0: no limit
    Keywords keywords;
};

struct AccountConfig {
    std::string name;
    std::string sid;
    std::string auth_token;
    std::string webhook_base;  // where webhooks are posted to
    std::string public_base;   // what is signed instead of it; empty: the same
    unsigned account_mps = 0;  // segments per second that are taken; what is above gets 429. 0: no limit
    std::vector<SenderConfig> senders;
};

struct ReportConfig {
    bool on = true;
    Span latency{milliseconds{50}, milliseconds{500}};
};

struct RetryConfig {
    unsigned times = 600;  // 0: none, as Twilio does unless it is told otherwise
    milliseconds pause{1000};
};

struct Config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: a free one
    std::uint64_t seed = 1;
    std::string record;                  // path; empty: no record
    double duration_seconds = 0;         // 0: until it is told to stop
    std::size_t texts_kept = 1'000'000;  // that the list can still show
    Span answer_latency{milliseconds{50}, milliseconds{50}};
    Span transit{milliseconds{5}, milliseconds{50}};  // from the carrier to the phone
    ReportConfig reports;
    http::Poster::Settings webhooks;
    RetryConfig retries;
    carrier::FaultSettings faults;
    phones::Habits people;
    std::vector<AccountConfig> accounts;
};

// Says which key is wrong, and how.
struct BadConfig : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Throws BadConfig.
[[nodiscard]] Config load_config(const std::string& path);
[[nodiscard]] Config parse_config(const boost::json::value& json);

// Overwrites the settings that `json` names; the "faults" of a running simulator change by this. Throws BadConfig and
// then leaves `settings` as they were.
void change_faults(carrier::FaultSettings& settings, const boost::json::value& json);

}  // namespace simulator
