#include "load-tests/simulator/carrier/accounts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "load-tests/simulator/http/message.hpp"

namespace simulator::carrier {

bool SlidingSecond::admit(unsigned segments, unsigned limit, Steady::time_point now) {
    if (limit == 0) return true;
    while (!taken_.empty() && taken_.front().first <= now - std::chrono::seconds{1}) {
        sum_ -= taken_.front().second;
        taken_.pop_front();
    }
    if (sum_ + segments > limit) return false;
    taken_.emplace_back(now, segments);
    sum_ += segments;
    return true;
}

Account::Account(const AccountConfig& config)
    : name{config.name},
      sid{config.sid},
      authorization{"Basic " + base64(config.sid + ":" + config.auth_token)},
      webhook_base{config.webhook_base},
      public_base{config.public_base.empty() ? config.webhook_base : config.public_base},
      mps{config.account_mps},
      signer{config.auth_token} {}

Steady::duration Sender::queue(unsigned segments, Steady::time_point now) {
    if (mps == 0) return {};
    const Steady::time_point leaves = std::max(now, free_at);
    free_at = leaves + std::chrono::nanoseconds{std::uint64_t{1'000'000'000} * segments / mps};
    return leaves - now;
}

Accounts::Accounts(const std::vector<AccountConfig>& configs) {
    for (const AccountConfig& config : configs) {
        if (!http::parse_url(config.webhook_base)) throw BadConfig{config.name + ": webhook_base is not an http URL"};
        const auto [account, fresh] = accounts_.try_emplace(config.sid, config);
        if (!fresh) throw BadConfig{config.sid + ": stands twice"};
        for (const SenderConfig& sender : config.senders) {
            const bool added =
                senders_.try_emplace(sender.number, sender.number, &account->second, sender.mps, sender.keywords)
                    .second;
            if (!added) throw BadConfig{sender.number + ": stands twice"};
        }
    }
}

Account* Accounts::with_sid(std::string_view sid) {
    const auto found = accounts_.find(std::string{sid});
    return found == accounts_.end() ? nullptr : &found->second;
}

Sender* Accounts::sender(std::string_view number) {
    const auto found = senders_.find(std::string{number});
    return found == senders_.end() ? nullptr : &found->second;
}

bool Accounts::move_webhooks(std::string_view name, std::string_view base) {
    const auto to = http::parse_url(base);
    if (!to) return false;
    bool moved = false;
    for (auto& [sid, account] : accounts_) {
        if (!name.empty() && account.name != name) continue;
        const auto from = http::parse_url(account.webhook_base);
        account.webhook_base = fmt::format("http://{}:{}{}", to->host, to->port, from->target);
        moved = true;
    }
    return moved;
}

}  // namespace simulator::carrier
