#include "services/dispatch/carrier/twilio_list.hpp"

#include <algorithm>
#include <utility>

#include "common/domain/form.hpp"
#include "common/domain/twilio_sid.hpp"
#include "services/dispatch/carrier/rfc2822.hpp"
#include "services/dispatch/carrier/twilio_json.hpp"

namespace whistlestop::twilio {
namespace {

namespace json = boost::json;

constexpr std::string_view api_root = "/2010-04-01/";

// Ours to call: the page that an answer names gets our credentials.
bool is_own_target(std::string_view target) {
    const auto printable = [](char c) { return c > ' ' && c < '\x7f'; };
    return target.starts_with(api_root) && std::ranges::all_of(target, printable);
}

// An entry, or nothing if a part that we act on is missing.
std::optional<ListEntry> read_entry(const json::value& value) {
    const json::object* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    const auto text = [&](std::string_view name) { return std::string{text_of(*object, name)}; };
    const auto created_s = parse_rfc2822(text_of(*object, "date_created"));
    ListEntry entry{
        .sid = text("sid"), .body = text("body"), .created_s = created_s.value_or(0), .direction = text("direction")};
    if (!is_message_sid(entry.sid) || !created_s || entry.direction.empty()) return std::nullopt;
    return entry;
}

Result<ListPage> read_page(const json::object& body) {
    const json::value* messages = body.if_contains("messages");
    const json::array* array = messages == nullptr ? nullptr : messages->if_array();
    if (array == nullptr) return fail(Fault::corrupt, "a list without messages");
    ListPage page;
    page.entries.reserve(array->size());
    for (const json::value& value : *array) {
        auto entry = read_entry(value);
        if (!entry) return fail(Fault::corrupt, "an entry of the list that cannot be read");
        page.entries.push_back(std::move(*entry));
    }
    page.next_target = text_of(body, "next_page_uri");
    if (!page.next_target.empty() && !is_own_target(page.next_target))
        return fail(Fault::corrupt, "a next page outside of the interface");
    return page;
}

}  // namespace

Request list_request(const Account& account, const ListQuery& query) {
    Form form;
    if (query.to) form.emplace_back("To", query.to->text());
    if (query.from) form.emplace_back("From", query.from->text());
    if (query.sent_since_s) form.emplace_back("DateSent>", format_utc(*query.sent_since_s));
    form.emplace_back("PageSize", std::to_string(query.page_size));
    return page_request(account, "/2010-04-01/Accounts/" + account.sid + "/Messages.json?" + encode_form(form));
}

Request page_request(const Account& account, std::string_view target) {
    return {.method = "GET",
            .target = std::string{target},
            .authorization = account.authorization,
            .content_type = "",
            .body = ""};
}

Result<ListPage> read_list(const Answer& answer) {
    if (answer.status == 429) return fail(Fault::throttled, "too many requests");
    if (answer.status >= 500) return fail(Fault::unavailable, "the carrier answers " + std::to_string(answer.status));
    if (answer.status != 200) return fail(Fault::refused, "the carrier answers " + std::to_string(answer.status));
    const Document document{answer.body};
    if (document.object() == nullptr) return fail(Fault::corrupt, "a list that is not json");
    return read_page(*document.object());
}

}  // namespace whistlestop::twilio
