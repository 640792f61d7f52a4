#include "load-tests/simulator/carrier/webhooks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "load-tests/simulator/http/message.hpp"

namespace simulator::carrier {

namespace {

// A URL below the public base is reached at the webhook base; any other where it says.
std::string place_of(const Account& account, std::string_view url) {
    if (!url.starts_with(account.public_base)) return std::string{url};
    return account.webhook_base + std::string{url.substr(account.public_base.size())};
}

}  // namespace

void Webhooks::inbound(const Account& account, std::string sid, Fields fields) {
    start({&account, http::Urgency::first, std::move(sid), {}, account.public_base + "/inbound", {}, {}}, fields);
}

void Webhooks::status(const Account& account, std::string url, std::string sid, std::string_view status,
                      Fields fields) {
    start({&account, http::Urgency::later, std::move(sid), status, std::move(url), {}, {}}, fields);
}

void Webhooks::start(Webhook webhook, Fields& fields) {
    webhook.url.resize(std::min(webhook.url.find('#'), webhook.url.size()));  // a fragment is neither signed nor sent
    webhook.signature = webhook.account->signer.sign(webhook.url, fields);
    webhook.body = encode_form(fields);
    ++counts_.outstanding;
    attempt(std::make_unique<Webhook>(std::move(webhook)));
}

void Webhooks::attempt(std::unique_ptr<Webhook> webhook) {
    const auto url = http::parse_url(place_of(*webhook->account, webhook->url)).value_or(http::Url{});
    ++webhook->attempt;
    ++counts_.attempts;
    std::string request = fmt::format(
        "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "X-Twilio-Signature: {}\r\nI-Twilio-Idempotency-Token: {}{}\r\nUser-Agent: TwilioProxy/1.1\r\n"
        "Content-Length: {}\r\n\r\n{}",
        url.target, url.host, url.port, webhook->signature, webhook->sid, webhook->status, webhook->body.size(),
        webhook->body);
    const http::Urgency urgency = webhook->urgency;
    auto done = [this, kept = std::move(webhook)](const http::Posted& posted) mutable {
        ended(std::move(kept), posted);
    };
    poster_.post({url.host, url.port, std::move(request), std::move(done)}, urgency);
}

void Webhooks::ended(std::unique_ptr<Webhook> webhook, const http::Posted& posted) {
    note(*webhook, posted);
    const bool acknowledged = posted.status >= 200 && posted.status < 300;
    if (!acknowledged && webhook->attempt <= retries_.times) {
        timers_.after(retries_.pause, [this, kept = std::move(webhook)]() mutable { attempt(std::move(kept)); });
        return;
    }
    --counts_.outstanding;
    ++(acknowledged ? counts_.acknowledged : counts_.given_up);
}

void Webhooks::note(const Webhook& webhook, const http::Posted& posted) {
    record_.line("webhook", posted.answered, [&](ObjectText& line) {
        line.text("kind", webhook.status.empty() ? "inbound" : "status")
            .text("account", webhook.account->name)
            .text("sid", webhook.sid)
            .text_or_null("status", webhook.status)
            .number("attempt", webhook.attempt)
            .number("t_sent", posted.sent);
        if (posted.status == 0) {
            line.null("http").text("failure", posted.failure);
        } else {
            line.number("http", posted.status).null("failure");
        }
    });
}

}  // namespace simulator::carrier
