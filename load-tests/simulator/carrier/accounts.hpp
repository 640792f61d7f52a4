#pragma once
// The accounts of the carrier's customers, their senders, and how fast each may go.

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "load-tests/simulator/base/clock.hpp"
#include "load-tests/simulator/carrier/signer.hpp"
#include "load-tests/simulator/config.hpp"

namespace simulator::carrier {

// Segments taken within the last second, exactly.
class SlidingSecond {
public:
    // False, and nothing counted, where `segments` more would pass `limit`. A limit of 0 admits everything.
    [[nodiscard]] bool admit(unsigned segments, unsigned limit, Steady::time_point now);

private:
    std::deque<std::pair<Steady::time_point, unsigned>> taken_;
    unsigned sum_ = 0;
};

struct Account {
    explicit Account(const AccountConfig& config);

    std::string name;
    std::string sid;
    std::string authorization;  // the header that a call must carry
    std::string webhook_base;
    std::string public_base;
    unsigned mps;
    SlidingSecond taken;
    Signer signer;
};

struct Sender {
    std::string number;
    Account* account;
    unsigned mps;
    Keywords keywords;
    Steady::time_point free_at{};  // when what waits for this sender will have left

    // How long a text of so many segments waits before it leaves; the sender is busy for them afterwards.
    [[nodiscard]] Steady::duration queue(unsigned segments, Steady::time_point now);
};

class Accounts {
public:
    // Throws BadConfig where a number or an account's sid stands twice.
    explicit Accounts(const std::vector<AccountConfig>& configs);

    // Null where there is none.
    [[nodiscard]] Account* with_sid(std::string_view sid);
    [[nodiscard]] Sender* sender(std::string_view number);

    // Posts webhooks to another scheme, host and port from now on; an empty `account` means all. False where no account
    // has that name or `base` is no URL that can be posted to.
    [[nodiscard]] bool move_webhooks(std::string_view account, std::string_view base);

private:
    std::unordered_map<std::string, Account> accounts_;  // by sid
    std::unordered_map<std::string, Sender> senders_;    // by number
};

}  // namespace simulator::carrier
