#include "load-tests/simulator/carrier/message_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "load-tests/simulator/base/json_text.hpp"
#include "load-tests/simulator/carrier/answers.hpp"
#include "load-tests/simulator/http/message.hpp"

namespace simulator::carrier {

namespace {

constexpr std::size_t page_size_default = 50;
constexpr std::size_t page_size_max = 1000;

std::size_t number_or(std::string_view digits, std::size_t otherwise) {
    std::size_t number = otherwise;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

struct Page {
    std::size_t number;
    std::size_t size;
    std::string messages;  // JSON, comma between
    std::size_t count = 0;
    bool more = false;
};

std::string page_uri(const Account& account, Fields query, std::size_t page) {
    std::erase_if(query, [](const auto& pair) { return pair.first == "Page"; });
    query.emplace_back("Page", std::to_string(page));
    return fmt::format("/2010-04-01/Accounts/{}/Messages.json?{}", account.sid, encode_form(query));
}

// Walks back from the newest text that can match; stops when the page is full and one more is known.
void collect(Page& page, const Account& account, const Fields& query, const SentRange& sent, Texts& texts,
             const Sids& sids) {
    const std::string to{field(query, "To")};
    const std::string_view from = field(query, "From");
    std::size_t to_skip = page.number * page.size;
    TextNumber at = to.empty() ? texts.newest() : texts.newest_to(to);
    for (const Text* text = texts.find(at); text != nullptr; text = texts.find(at)) {
        at = to.empty() ? text->number - 1 : text->previous;
        if (seconds_of(text->taken) < sent.from) break;
        const bool matches = text->sender->account == &account && (from.empty() || text->sender->number == from) &&
                             seconds_of(text->taken) <= sent.to;
        if (!matches) continue;
        if (to_skip > 0) {
            --to_skip;
            continue;
        }
        page.more = page.count == page.size;
        if (page.more) return;
        if (page.count++ > 0) page.messages += ',';
        page.messages += message_json(*text, sids.of_text(text->number));
    }
}

}  // namespace

std::optional<SentRange> sent_range(const Fields& query) {
    constexpr WallSeconds day = 86'400;
    SentRange range;
    for (const auto& [name, value] : query) {
        if (!name.starts_with("DateSent")) continue;
        const auto moment = parse_moment(value);
        if (!moment) return std::nullopt;
        if (name != "DateSent<") range.from = moment->begin;
        if (name == "DateSent<") range.to = moment->begin;
        if (name == "DateSent") range.to = moment->begin + (moment->whole_day ? day - 1 : 0);
    }
    return range;
}

std::string list_messages(const Account& account, std::string_view query_text, Texts& texts, const Sids& sids) {
    const Fields query = parse_form(query_text);
    const auto sent = sent_range(query);
    if (!sent) return refusal(400, 20001, "DateSent is not a date");
    Page page{number_or(field(query, "Page"), 0),
              std::clamp<std::size_t>(number_or(field(query, "PageSize"), page_size_default), 1, page_size_max),
              {}};
    collect(page, account, query, *sent, texts, sids);

    std::string body;
    const std::size_t start = page.number * page.size;
    ObjectText json{body};
    json.text("first_page_uri", page_uri(account, query, 0))
        .number("page", static_cast<std::int64_t>(page.number))
        .number("page_size", static_cast<std::int64_t>(page.size))
        .number("start", static_cast<std::int64_t>(start))
        .number("end", static_cast<std::int64_t>(start + std::max<std::size_t>(page.count, 1) - 1))
        .text("uri", page_uri(account, query, page.number))
        .text_or_null("next_page_uri", page.more ? page_uri(account, query, page.number + 1) : std::string{})
        .text_or_null("previous_page_uri", page.number > 0 ? page_uri(account, query, page.number - 1) : std::string{})
        .raw("messages", "[" + page.messages + "]")
        .close();
    return http::answer(200, json_type, body);
}

}  // namespace simulator::carrier
