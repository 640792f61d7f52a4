#include "services/dispatch/carrier/twilio.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/domain/form.hpp"
#include "common/domain/media_type.hpp"
#include "common/domain/twilio_sid.hpp"
#include "common/wire/base64.hpp"
#include "services/dispatch/carrier/twilio_json.hpp"

namespace whistlestop::twilio {
namespace {

using std::chrono::seconds;

constexpr seconds retry_after_max{3'600};

// The codes that say more than no. Sources: Twilio, "Error and Warning Dictionary" (what a code means);
// nyaruka/courier, handlers/twiml/errors.json@350e935 (which codes a gateway meets).
constexpr std::string_view unsubscribed = "21610";
// Not now: the next text would meet the same.
constexpr std::array<std::string_view, 9> not_now{
    "14107",  // SMS send rate limit
    "20003",  // authentication: a token was changed on one side
    "20005",  // account not active
    "20429",  // too many requests: not processed
    "21611",  // From has a full queue
    "30002",  // account suspended
    "30022",  // 10DLC rate
    "63017",  // account's rate
    "63018",  // channel's rate
};

seconds read_retry_after(std::string_view header) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(header.data(), header.data() + header.size(), value);
    if (error == std::errc::result_out_of_range) return retry_after_max;
    if (error != std::errc{} || end != header.data() + header.size()) return seconds{0};
    return std::min(seconds{value}, retry_after_max);
}

Verdict read_success(const boost::json::object& body) {
    const std::string_view sid = text_of(body, "sid");
    if (!is_message_sid(sid)) return Unknown{"success_without_id"};
    return Accepted{std::string{sid}};
}

Verdict read_refusal(const boost::json::object& body, std::string_view retry_after) {
    const std::string code = code_of(body, "code");
    if (code.empty()) return Unknown{"refusal_without_code"};
    if (code == unsubscribed) return Suppressed{code};
    if (std::ranges::find(not_now, code) != not_now.end()) return Throttled{read_retry_after(retry_after)};
    return Rejected{code};
}

}  // namespace

std::string basic_authorization(std::string_view user, std::string_view password) {
    std::string authorization = "Basic ";
    append_base64(authorization, std::string{user}.append(":").append(password));
    return authorization;
}

Request send_request(const Account& account, const Outgoing& text) {
    Form form{{"To", std::string{text.to.text()}},
              {"From", std::string{text.from.text()}},
              {"Body", std::string{text.body}},
              {"ValidityPeriod", std::to_string(std::clamp(text.validity, seconds{1}, validity_max).count())}};
    if (!text.status_callback.empty()) form.emplace_back("StatusCallback", text.status_callback);
    return {.method = "POST",
            .target = "/2010-04-01/Accounts/" + account.sid + "/Messages.json",
            .authorization = account.authorization,
            .content_type = std::string{form_type},
            .body = encode_form(form)};
}

Verdict read_answer(const Answer& answer) {
    const std::uint32_t hundreds = answer.status / 100;
    if (answer.status == 429) return Throttled{read_retry_after(answer.retry_after)};
    if (hundreds == 5) return Unknown{"server_error"};
    if (hundreds != 2 && hundreds != 4) return Unknown{"unexpected_status"};
    const Document document{answer.body};
    if (document.object() == nullptr) return Unknown{"unreadable_body"};
    return hundreds == 2 ? read_success(*document.object()) : read_refusal(*document.object(), answer.retry_after);
}

}  // namespace whistlestop::twilio
