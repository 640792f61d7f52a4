#include "load-tests/simulator/carrier/answers.hpp"

#include <fmt/format.h>

#include "load-tests/simulator/base/json_text.hpp"
#include "load-tests/simulator/carrier/dates.hpp"
#include "load-tests/simulator/http/message.hpp"

namespace simulator::carrier {

namespace {

// Formatting a date costs more than all the rest of an answer, and a thousand texts share one.
std::string_view date_of(WallMicros at) {
    thread_local WallSeconds second = -1;
    thread_local std::string date;
    if (second != seconds_of(at)) {
        second = seconds_of(at);
        date = rfc2822(second);
    }
    return date;
}

}  // namespace

std::string message_json(const Text& text, std::string_view sid) {
    const std::string& account = text.sender->account->sid;
    const std::string path = fmt::format("/2010-04-01/Accounts/{}/Messages/{}", account, sid);
    const std::string_view date = date_of(text.taken);
    std::string out;
    out.reserve(1024 + text.body.size());
    ObjectText json{out};
    json.text("account_sid", account)
        .text("api_version", "2010-04-01")
        .text("body", text.body)
        .text("date_created", date)
        .text("date_sent", date)
        .text("date_updated", date)
        .text("direction", "outbound-api");
    if (text.error_code == 0) {
        json.null("error_code");
    } else {
        json.number("error_code", text.error_code);
    }
    json.null("error_message")
        .text("from", text.sender->number)
        .null("messaging_service_sid")
        .text("num_media", "0")
        .text("num_segments", fmt::format_int(text.segments).c_str())
        .null("price")
        .null("price_unit")
        .text("sid", sid)
        .text("status", name_of(text.status))
        .raw("subresource_uris", fmt::format(R"({{"media":"{}/Media.json"}})", path))
        .text("to", text.to)
        .text("uri", path + ".json")
        .close();
    return out;
}

std::string refusal(int status, int code, std::string_view message, std::string_view extra) {
    std::string body;
    ObjectText json{body};
    json.number("code", code)
        .text("message", message)
        .text("more_info", fmt::format("https://www.twilio.com/docs/errors/{}", code))
        .number("status", status)
        .close();
    return http::answer(status, json_type, body, extra);
}

}  // namespace simulator::carrier
