#pragma once
// Limits: what senders and accounts may hand over, by their segments per second and by how their carrier does.
//
// A call holds its place from the pick on: until it is known when it started, it counts at the latest moment at which
// it could. Held back is an account that said "not now", and, but for one call at a time, one whose calls end unknown:
// each of those may be a text that went twice or never.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "common/base/clock.hpp"
#include "services/dispatch/call/account.hpp"
#include "services/dispatch/call/calls.hpp"
#include "services/dispatch/lane/bucket.hpp"

namespace whistlestop::dispatch {

// One text's share of a sender and of its account.
struct Claim {
    std::string sender;
    std::uint32_t sender_limit = 1;    // segments per second
    const Account* account = nullptr;  // null: gone from the configuration since; then the sender's alone
    std::uint32_t segments = 1;
};

// What stands in the way of a call.
enum class Room : std::uint8_t { free, sender_full, account_full, account_held };

class Limits {
public:
    // Windows whose past is not known count as full from `opened`: another process may have filled them.
    explicit Limits(BootMs opened) : opened_{opened} {}

    [[nodiscard]] Room room(const Claim& claim, BootMs now);
    // A call that may start until `latest`.
    void reserve(const Claim& claim, BootMs latest, BootMs now);
    // The same call never started: nobody asked the carrier.
    void withdraw(const Claim& claim, BootMs latest, BootMs now);
    // What came of it; for a reserved call at most once. One that stays unknown keeps its place.
    void learn(const Claim& claim, BootMs latest, const SendOutcome& outcome, BootMs now);
    // The call is closed, whatever was learnt.
    void release(const Claim& claim);

private:
    // How the account's carrier does.
    struct Health {
        BootMs held_until;
        std::int64_t step_ms = 0;
        int unknown_in_a_row = 0;
        std::size_t open = 0;  // calls
    };

    void count(const Claim& claim, BootMs when, BootMs now);
    void note(Health& health, const SendOutcome& outcome, BootMs now);
    void hold(Health& health, BootMs now, std::int64_t retry_after_ms);
    Bucket& window_of(const std::string& name, std::uint32_t limit, BootMs now);

    BootMs opened_;
    std::unordered_map<std::string, Bucket> windows_;  // by sender's number and by account's id
    std::unordered_map<std::string, Health> healths_;  // by account's id
};

}  // namespace whistlestop::dispatch
