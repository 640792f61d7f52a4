#pragma once
// Config: everything an operator may set. Read once, checked once, never changed.
//
// One TOML file. Every key is also an environment variable, which wins: `webhooks.port` is WHISTLESTOP_WEBHOOKS_PORT,
// an account's `sid` is WHISTLESTOP_ACCOUNT_<ID>_SID (its id in capitals, what is no letter or digit as "_"); a list
// is separated by commas. Paths are taken from where the process was started.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace whistlestop {

struct Config {
    struct Account {
        std::string id;
        std::string provider = "twilio";  // the only one there is
        std::string sid;
        std::vector<std::string> auth_tokens;  // secrets; the first signs our calls, both are accepted on webhooks
        std::string base_url = "https://api.twilio.com";
        std::string lane_group;  // accounts that share any limit of the carrier; by default the account's own
        std::int64_t segments_per_second = 1;
        std::int64_t http_timeout_ms = 10'000;
        std::int64_t absent_after_ms = 120'000;  // the carrier's list shows by then whatever it took
        bool list_is_proof = false;              // what the list does not show was not taken
    };

    struct Data {
        std::string folder = "data";
    } data;
    struct Webhooks {
        std::string address = "127.0.0.1";
        std::int64_t port = 8080;
        std::string public_url = "http://127.0.0.1:8080";  // as the carriers were told it; what they sign
        std::int64_t waiting_max = 4096;                   // not yet durable; over it 503
    } webhooks;
    struct Operations {
        std::string address = "127.0.0.1";
        std::int64_t port = 9090;
    } operations;
    struct Topics {
        std::string socket;  // by default topics.sock in the data folder
    } topics;
    struct Optout {
        std::string model;  // of the classifier; by default the one that the program was built with
    } optout;
    struct Limits {
        std::int64_t open_intents_max = 1000;  // calls whose outcome a crash can leave unknown
    } limits;
    struct Log {
        std::int64_t segment_mib = 64;
        std::int64_t retention_minutes = 0;  // the most, for a small disk; 0: as long as each topic asks
    } log;
    struct State {
        std::int64_t checkpoint_ms = 5000;
        std::int64_t checkpoint_mib = 64;
        std::int64_t flush_mib = 256;  // of log, between flushes: what an opening rolls forward
    } state;
    std::vector<Account> accounts;
};

// Where environment variables come from: the process, or a map in a test.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

// Fault::invalid: one line per complaint, each naming the key and what it wants, never a secret.
[[nodiscard]] Result<Config> parse_config(std::string_view toml, const Lookup& environment);

// The same from a file. Fault::not_found: it cannot be read.
[[nodiscard]] Result<Config> load_config(const std::string& file, const Lookup& environment);

// The whole of it as TOML, with secrets as "(hidden)".
[[nodiscard]] std::string describe(const Config& config);

[[nodiscard]] std::optional<std::string> from_environment(const std::string& name);

}  // namespace whistlestop
