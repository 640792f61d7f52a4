#include "services/intake/webhook/door.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/domain/form.hpp"
#include "common/domain/media_type.hpp"
#include "services/intake/authenticate/twilio.hpp"
#include "services/intake/parse/twilio.hpp"
#include "services/intake/webhook/records.hpp"

namespace whistlestop::intake {
namespace {

struct Row {
    Reason reason;
    std::string_view name;
    unsigned status;
};
constexpr std::array<Row, reason_count> rows{{
    {Reason::busy, "busy", 503},
    {Reason::route, "route", 404},
    {Reason::method, "method", 405},
    {Reason::content_type, "content_type", 415},
    {Reason::signature, "signature", 403},
    {Reason::account, "account", 403},
    {Reason::malformed, "malformed", 400},
}};

const Row& row_of(Reason reason) { return rows[static_cast<std::size_t>(reason)]; }

std::unexpected<Refusal> refuse(Reason reason, std::string detail) {
    return std::unexpected{Refusal{reason, std::move(detail)}};
}

std::string_view header(const http::Request& request, std::string_view name) {
    const std::string* const value = request.header(name);
    return value == nullptr ? std::string_view{} : std::string_view{*value};
}

// A token may be shared by accounts, so the signature does not tell whose webhook it is. Nor does it hold the field's
// name: AccountSi=dAC… is signed alike.
bool is_of(const Form& form, std::string_view sid) {
    const bool once = std::ranges::count(form, "AccountSid", &Form::value_type::first) == 1;
    return once && *find_field(form, "AccountSid") == sid;
}

Result<Commit> parse(const Form& form, const Route& route, WallMs now) {
    Commit commit;
    if (route.kind == WebhookKind::inbound) {
        const auto text = parse_twilio_inbound(form);
        if (!text) return std::unexpected{text.error()};
        add_inbound(commit, route.account, *text, now);
        return commit;
    }
    const auto query = decode_form(route.query);
    if (!query) return std::unexpected{query.error()};
    const auto report = parse_twilio_status(form, *query);
    if (!report) return std::unexpected{report.error()};
    add_report(commit, route.account, *report, now);
    return commit;
}

}  // namespace

std::string_view name_of(Reason reason) { return row_of(reason).name; }

http::Response answer_to(const Refusal& refusal) {
    http::Response response{.status = row_of(refusal.reason).status, .body = refusal.detail + '\n'};
    if (response.status == 503) response.retry_after_s = 1;
    if (refusal.reason == Reason::method) response.headers.push_back({"Allow", "POST"});
    return response;
}

std::expected<Admitted, Refusal> read_webhook(const http::Request& request, const DoorSettings& settings, WallMs now) {
    const auto route = route_of(request.target);
    if (!route) return refuse(Reason::route, "no such webhook");
    const auto account = settings.accounts.find(route->account);
    if (account == settings.accounts.end() || account->second.provider != route->provider)
        return refuse(Reason::route, "no such account");
    if (request.method != "POST") return refuse(Reason::method, "want POST");
    if (!is_media_type(header(request, "Content-Type"), form_type))
        return refuse(Reason::content_type, "want application/x-www-form-urlencoded");

    const std::string url = settings.public_url + request.target;
    const auto verified =
        verify_twilio({url, request.body, header(request, "X-Twilio-Signature")}, account->second.tokens);
    if (!verified && verified.error().fault == Fault::refused)
        return refuse(Reason::signature, verified.error().detail);
    if (!verified) return refuse(Reason::malformed, verified.error().detail);

    const auto form = decode_form(request.body);
    if (!form) return refuse(Reason::malformed, form.error().detail);
    if (!is_of(*form, account->second.sid))
        return refuse(Reason::account, "AccountSid: want that of this account, once");
    auto commit = parse(*form, *route, now);
    if (!commit) return refuse(Reason::malformed, std::move(commit.error().detail));
    return Admitted{route->kind, *std::move(commit)};
}

}  // namespace whistlestop::intake
