#pragma once
// Twilio's list of texts: how an attempt whose outcome is unknown is looked up, and what people sent us that no webhook
// brought.
//
// Newest first. A text that Twilio still has in its queue has no date_sent, and a filter by it may leave it out: what
// the list does not show is therefore no proof that it was not taken, unless the account says so.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/domain/phone.hpp"
#include "services/dispatch/carrier/twilio.hpp"

namespace whistlestop::twilio {

struct ListQuery {
    std::optional<Phone> to;
    std::optional<SenderId> from;
    std::optional<std::int64_t> sent_since_s;  // since 1970
    std::uint32_t page_size = 1'000;           // which is also the most that Twilio gives
};

struct ListEntry {
    std::string sid;
    std::string body;
    std::int64_t created_s = 0;  // since 1970
    std::string direction;       // outbound-api, outbound-reply, outbound-call, inbound
};

struct ListPage {
    std::vector<ListEntry> entries;
    std::string next_target;  // for page_request(); empty: this was the last page
};

[[nodiscard]] Request list_request(const Account& account, const ListQuery& query);

// The page that an earlier one named.
[[nodiscard]] Request page_request(const Account& account, std::string_view target);

// All of a page or nothing, since an entry left out would look like a text not taken. Fault::throttled, unavailable
// (5xx), refused (4xx), or corrupt: what came is no page.
[[nodiscard]] Result<ListPage> read_list(const Answer& answer);

}  // namespace whistlestop::twilio
