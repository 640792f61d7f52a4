#pragma once
// Account: credentials at one provider, and what the provider is known to do. From the configuration alone.

#include <cstdint>
#include <map>
#include <string>

namespace whistlestop::dispatch {

struct Account {
    std::string id;
    std::string sid;
    std::string auth_token;  // a secret
    std::string base_url;
    std::string lane_group;
    std::uint32_t segments_per_second = 1;
    std::int64_t http_timeout_ms = 10'000;
    std::int64_t absent_after_ms = 120'000;  // the carrier's list shows by then whatever it took
    bool list_is_proof = false;              // what the list does not show was not taken
};

using Accounts = std::map<std::string, Account, std::less<>>;

}  // namespace whistlestop::dispatch
