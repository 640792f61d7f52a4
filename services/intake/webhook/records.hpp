#pragma once
// Records: what a webhook becomes on our topics. Pure.

#include <string>
#include <string_view>

#include "common/log/log.hpp"
#include "services/intake/parse/twilio.hpp"

namespace whistlestop::intake {

// `account` is ours, from the route.
void add_inbound(Commit& commit, std::string_view account, const InboundText& text, WallMs now);

// With our reference it goes to the partition which that names; without, to the contact's. With neither nobody can say
// whose text it is: it goes to `dlq`, and adds nothing else.
void add_report(Commit& commit, std::string_view account, const DeliveryReport& report, WallMs now);

}  // namespace whistlestop::intake
