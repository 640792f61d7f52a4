#pragma once
// CarrierPort: where the effects of dispatch become HTTP.

#include <map>
#include <string>

#include "common/http/client.hpp"
#include "common/runtime/processor.hpp"
#include "services/dispatch/call/account.hpp"
#include "services/dispatch/call/calls.hpp"
#include "services/dispatch/call/outcomes.hpp"

namespace whistlestop::dispatch {

class CarrierPort final : public EffectPort {
public:
    // `webhooks_url`: where carriers reach intake, such as `https://host/webhooks`. This may go before the client;
    // accounts and outcomes have to outlive the client's calls.
    CarrierPort(http::Client& client, const Accounts& accounts, Outcomes& outcomes, std::string webhooks_url);

    void start(Effect effect, std::move_only_function<void(std::any outcome)> done) override;

private:
    void send(const SendCall& call, std::move_only_function<void(std::any)> done);
    void list(const ListCall& call, std::move_only_function<void(std::any)> done);

    http::Client& client_;
    const Accounts& accounts_;
    Outcomes& outcomes_;
    std::string webhooks_url_;
};

}  // namespace whistlestop::dispatch
