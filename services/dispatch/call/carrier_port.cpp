#include "services/dispatch/call/carrier_port.hpp"

#include <memory>
#include <utility>

#include "common/base/check.hpp"
#include "common/domain/media_type.hpp"
#include "services/dispatch/carrier/twilio.hpp"
#include "services/dispatch/carrier/twilio_list.hpp"

namespace whistlestop::dispatch {
namespace {

using Done = std::move_only_function<void(std::any)>;
constexpr int list_pages_max = 5;

twilio::Account credentials(const Account& account) {
    return {account.sid, twilio::basic_authorization(account.sid, account.auth_token)};
}

http::Call to_call(const Account& account, twilio::Request request) {
    http::Call call;
    call.method = std::move(request.method);
    call.base_url = account.base_url;
    call.target = std::move(request.target);
    call.headers = {{"Authorization", std::move(request.authorization)}, {"Accept", std::string{json_type}}};
    if (!request.content_type.empty()) call.headers.push_back({"Content-Type", std::move(request.content_type)});
    call.body = std::move(request.body);
    call.timeout = std::chrono::milliseconds{account.http_timeout_ms};
    return call;
}

twilio::Answer to_answer(const http::Answer& answer) {
    const std::string* retry_after = http::find_header(answer.headers, "Retry-After");
    return {answer.status, retry_after ? std::string_view{*retry_after} : std::string_view{}, answer.body};
}

using Kind = SendOutcome::Kind;

SendOutcome read(const http::Outcome& outcome) {
    SendOutcome read;
    read.first_byte = outcome.first_byte;
    if (!outcome.answer) {
        read.kind = outcome.answer.error() == http::NoAnswer::not_started ? Kind::not_started : Kind::unknown;
        return read;
    }
    struct Reader {
        SendOutcome& into;
        void operator()(twilio::Accepted accepted) const {
            into.kind = Kind::accepted;
            into.provider_id = std::move(accepted.provider_id);
        }
        void operator()(twilio::Rejected rejected) const {
            into.kind = Kind::rejected;
            into.code = std::move(rejected.code);
        }
        void operator()(twilio::Suppressed suppressed) const {
            into.kind = Kind::opted_out;
            into.code = std::move(suppressed.code);
        }
        void operator()(twilio::Throttled throttled) const {
            into.kind = Kind::throttled;
            into.retry_after_ms = std::chrono::milliseconds{throttled.retry_after}.count();
        }
        void operator()(twilio::Unknown) const { into.kind = Kind::unknown; }
    };
    std::visit(Reader{read}, twilio::read_answer(to_answer(*outcome.answer)));
    return read;
}

// One list, page after page. Keeps itself alive through the callbacks of its calls.
class Listing : public std::enable_shared_from_this<Listing> {
public:
    Listing(http::Client& client, const Account& account, Outcomes& outcomes, BootMs asked, Done done)
        : client_{client}, account_{account}, outcomes_{outcomes}, done_{std::move(done)}, list_{.asked = asked} {}

    void ask(twilio::Request request) {
        client_.call(to_call(account_, std::move(request)),
                     [self = shared_from_this()](const http::Outcome& outcome) { self->take(outcome); });
    }

private:
    void take(const http::Outcome& outcome) {
        const auto page = outcome.answer ? twilio::read_list(to_answer(*outcome.answer))
                                         : Result<twilio::ListPage>{fail(Fault::unavailable, "no answer")};
        outcomes_.note_list(account_.id, outcome, page ? Outcomes::List::readable : Outcomes::List::unreadable);
        if (!page || ++pages_ > list_pages_max) return done_(std::any{ListOutcome{}});
        for (const twilio::ListEntry& entry : page->entries)
            if (entry.direction.starts_with("outbound"))
                list_.entries.push_back({entry.sid, entry.body, WallMs{entry.created_s * 1000}});
        if (!page->next_target.empty()) return ask(twilio::page_request(credentials(account_), page->next_target));
        list_.complete = true;
        done_(std::any{std::move(list_)});
    }

    http::Client& client_;
    const Account& account_;
    Outcomes& outcomes_;
    Done done_;
    ListOutcome list_;
    int pages_ = 0;
};

}  // namespace

CarrierPort::CarrierPort(http::Client& client, const Accounts& accounts, Outcomes& outcomes, std::string webhooks_url)
    : client_{client}, accounts_{accounts}, outcomes_{outcomes}, webhooks_url_{std::move(webhooks_url)} {}

void CarrierPort::start(Effect effect, Done done) {
    if (const auto* call = std::any_cast<SendCall>(&effect.request)) return send(*call, std::move(done));
    const auto* call = std::any_cast<ListCall>(&effect.request);
    check(call != nullptr);
    list(*call, std::move(done));
}

void CarrierPort::send(const SendCall& call, Done done) {
    const auto account = accounts_.find(call.account);
    const auto contact = Phone::parse(call.contact);
    const auto sender = SenderId::parse(call.sender);
    check(account != accounts_.end() && contact && sender);
    const std::string callback = webhooks_url_ + "/twilio/" + account->second.id + "/status?ref=" + call.reference;
    http::Call request = to_call(
        account->second, twilio::send_request(credentials(account->second), {*contact, *sender, call.text, callback,
                                                                             std::chrono::seconds{call.valid_for_s}}));
    request.first_byte_by = call.first_byte_by;
    client_.call(std::move(request), [&outcomes = outcomes_, &id = account->second.id,
                                      done = std::move(done)](const http::Outcome& outcome) mutable {
        SendOutcome came = read(outcome);
        outcomes.note_send(id, outcome, came.kind);
        done(std::any{std::move(came)});
    });
}

void CarrierPort::list(const ListCall& call, Done done) {
    const auto account = accounts_.find(call.account);
    const auto contact = Phone::parse(call.contact);
    const auto sender = SenderId::parse(call.sender);
    check(account != accounts_.end() && contact && sender);
    const auto listing = std::make_shared<Listing>(client_, account->second, outcomes_, call.asked, std::move(done));
    listing->ask(twilio::list_request(credentials(account->second), {*contact, *sender, call.since.value / 1000}));
}

}  // namespace whistlestop::dispatch
