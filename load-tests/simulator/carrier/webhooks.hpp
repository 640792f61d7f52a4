#pragma once
// What the carrier tells the gateway: texts that came in, and how texts fared. Signed, form-encoded, and repeated with
// the same MessageSid until a 2xx comes or the retries are used up.

#include <memory>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/carrier/accounts.hpp"
#include "load-tests/simulator/http/poster.hpp"
#include "load-tests/simulator/record.hpp"

namespace simulator::carrier {

struct WebhookCounts {
    std::uint64_t attempts = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t given_up = 0;
    std::uint64_t outstanding = 0;  // neither of the two yet
};

class Webhooks {
public:
    Webhooks(http::Poster& poster, Timers& timers, Record& record, RetryConfig retries)
        : poster_{poster}, timers_{timers}, record_{record}, retries_{retries} {}

    // `fields` are all that are posted. `account` must outlive this.
    void inbound(const Account& account, std::string sid, Fields fields);
    void status(const Account& account, std::string url, std::string sid, std::string_view status, Fields fields);

    [[nodiscard]] const WebhookCounts& counts() const { return counts_; }

private:
    struct Webhook {
        const Account* account;
        http::Urgency urgency;
        std::string sid;
        std::string_view status;  // empty for a text that came in
        std::string url;          // as signed
        std::string signature;
        std::string body;
        unsigned attempt = 0;
    };

    void start(Webhook webhook, Fields& fields);
    void attempt(std::unique_ptr<Webhook> webhook);
    void ended(std::unique_ptr<Webhook> webhook, const http::Posted& posted);
    void note(const Webhook& webhook, const http::Posted& posted);

    http::Poster& poster_;
    Timers& timers_;
    Record& record_;
    RetryConfig retries_;
    WebhookCounts counts_;
};

}  // namespace simulator::carrier
