#include "services/dispatch/carrier/twilio_codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace whistlestop::twilio {
namespace {

struct Row {
    std::uint32_t code;
    CodeClass code_class;
};

// Sources: Twilio, "Error and Warning Dictionary" (what a code means); nyaruka/courier,
// handlers/twiml/errors.json@350e935 (which codes a gateway meets). The classes are ours.
constexpr Row rows[] = {
    {11751, CodeClass::content},        // media message exceeds the limit
    {14107, CodeClass::rate_limited},   // SMS send rate limit
    {20003, CodeClass::account},        // authentication
    {20005, CodeClass::account},        // account not active
    {20429, CodeClass::rate_limited},   // too many requests: not processed
    {20500, CodeClass::temporary},      // internal server error
    {20503, CodeClass::temporary},      // service unavailable
    {21211, CodeClass::bad_recipient},  // invalid To
    {21212, CodeClass::sender},         // invalid From
    {21214, CodeClass::bad_recipient},  // To cannot be reached
    {21408, CodeClass::account},        // region not permitted
    {21602, CodeClass::content},        // no body
    {21603, CodeClass::sender},         // no From
    {21604, CodeClass::request},        // no To
    {21606, CodeClass::sender},         // From is not ours or cannot text
    {21610, CodeClass::opted_out},      // To has unsubscribed
    {21611, CodeClass::rate_limited},   // From has a full queue
    {21612, CodeClass::sender},         // no route from From to To
    {21614, CodeClass::bad_recipient},  // To is not a mobile number
    {21617, CodeClass::content},        // body longer than 1,600 characters
    {21618, CodeClass::content},        // body cannot be sent
    {21620, CodeClass::content},        // invalid media URL
    {21623, CodeClass::content},        // too many media
    {21635, CodeClass::bad_recipient},  // To is a landline
    {21703, CodeClass::sender},         // service without senders
    {21704, CodeClass::sender},         // service without a sender for To
    {30001, CodeClass::temporary},      // queue overflow
    {30002, CodeClass::account},        // account suspended
    {30003, CodeClass::temporary},      // handset unreachable
    {30004, CodeClass::blocked},        // message blocked
    {30005, CodeClass::bad_recipient},  // unknown handset
    {30006, CodeClass::bad_recipient},  // landline or unreachable carrier
    {30007, CodeClass::filtered},       // carrier violation
    {30008, CodeClass::temporary},      // unknown error
    {30011, CodeClass::sender},         // no MMS there
    {30017, CodeClass::temporary},      // network congested
    {30018, CodeClass::unregistered},   // sender needs registration in that country
    {30019, CodeClass::content},        // too large for the network
    {30022, CodeClass::rate_limited},   // 10DLC rate
    {30023, CodeClass::daily_cap},      // 10DLC day
    {30024, CodeClass::unregistered},   // sender not provisioned
    {30025, CodeClass::warning},        // half of the day's cap is used
    {30026, CodeClass::warning},        // 70 % of it
    {30027, CodeClass::daily_cap},      // T-Mobile's day
    {30032, CodeClass::unregistered},   // toll-free not verified
    {30034, CodeClass::unregistered},   // 10DLC not registered
    {30036, CodeClass::expired},        // validity period
    {30410, CodeClass::temporary},      // provider timed out
    {30450, CodeClass::account},        // pumping guard
    {30533, CodeClass::unregistered},   // use case does not allow peer to peer
    {63017, CodeClass::rate_limited},   // account's rate
    {63018, CodeClass::rate_limited},   // channel's rate
    {63038, CodeClass::daily_cap},      // account's day
};
static_assert(std::ranges::is_sorted(rows, {}, &Row::code));

constexpr std::array<std::string_view, 15> names{
    "opted_out", "bad_recipient", "temporary", "rate_limited", "daily_cap", "warning", "filtered", "unregistered",
    "blocked",   "sender",        "content",   "account",      "request",   "expired", "unlisted"};
static_assert(names.size() == static_cast<std::size_t>(CodeClass::unlisted) + 1);

}  // namespace

CodeClass class_of(std::string_view code) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
    if (error != std::errc{} || end != code.data() + code.size()) return CodeClass::unlisted;
    const auto* row = std::ranges::lower_bound(rows, number, {}, &Row::code);
    return row != std::end(rows) && row->code == number ? row->code_class : CodeClass::unlisted;
}

std::string_view name_of(CodeClass code_class) { return names[static_cast<std::size_t>(code_class)]; }

}  // namespace whistlestop::twilio
