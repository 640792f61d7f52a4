#include "services/intake/parse/twilio.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/domain/names.hpp"
#include "common/domain/twilio_sid.hpp"
#include "services/intake/parse/fields.hpp"

namespace whistlestop::intake {
namespace {

// Twilio's words that say how a text ended; every other one (queued, sending, sent, accepted …) says that it is under
// way. `canceled` is only for scheduled texts, which never left. Source: Twilio, "Messages resource", status values.
constexpr std::array<std::pair<std::string_view, DeliveryState>, 5> endings{{
    {"delivered", DeliveryState::delivered},
    {"undelivered", DeliveryState::undelivered},
    {"failed", DeliveryState::failed},
    {"canceled", DeliveryState::failed},
    {"read", DeliveryState::read},
}};

constexpr std::string_view validity_expired = "30036";  // Twilio, error 30036 "Validity Period Expired"

DeliveryState delivery_of(std::string_view status, std::string_view code) {
    const auto* found = std::ranges::find(endings, status, &std::pair<std::string_view, DeliveryState>::first);
    if (found == endings.end()) return DeliveryState::none;
    const bool lost = found->second < DeliveryState::delivered;
    return lost && code == validity_expired ? DeliveryState::expired : found->second;
}

// An id with the next field folded into it is signed alike, and would pass for a text that nobody has seen.
std::string_view message_sid(Fields& fields) {
    const std::string_view given = fields.text("MessageSid", name_size_max);
    if (!twilio::is_message_sid(given)) fields.complain("MessageSid", "want SM or MM and 32 hexadecimal digits");
    return given;
}

std::vector<std::string> media_of(const Fields& fields) {
    std::vector<std::string> links;
    for (std::size_t i = 0; i < media_max; ++i) {
        const std::string_view link = fields.readable("MediaUrl" + std::to_string(i), media_url_bytes_max);
        if (!link.empty()) links.emplace_back(link);
    }
    return links;
}

std::string_view carrier_keyword(const Fields& fields) {
    const std::string_view given = fields.readable("OptOutType", 64);
    return given == "STOP" || given == "START" || given == "HELP" ? given : std::string_view{};
}

// What is there and can be read; a report counts without it.
std::optional<Phone> phone_of(const Form& form, std::string_view name) {
    const std::string* given = find_field(form, name);
    if (given == nullptr) return std::nullopt;
    const auto value = Phone::parse(*given);
    return value ? std::optional{*value} : std::nullopt;
}

}  // namespace

Result<InboundText> parse_twilio_inbound(const Form& form) {
    Fields fields{form};
    const std::string_view provider_id = message_sid(fields);
    const auto from = fields.parsed<Phone>("From");
    const auto to = fields.parsed<SenderId>("To");
    const std::string_view body = fields.text("Body", body_bytes_max);
    std::vector<std::string> media = media_of(fields);
    const std::string_view keyword = carrier_keyword(fields);
    if (fields.complaint()) return std::unexpected{*fields.complaint()};
    return InboundText{.provider_id = std::string{provider_id},
                       .from = *from,
                       .to = *to,
                       .body = std::string{body},
                       .media = std::move(media),
                       .carrier_keyword = std::string{keyword}};
}

Result<DeliveryReport> parse_twilio_status(const Form& form, const Form& query) {
    Fields fields{form};
    Fields ours{query};
    const std::string_view provider_id = message_sid(fields);
    const std::string_view status = fields.word("MessageStatus");
    const std::string_view code = fields.text_or_empty("ErrorCode", 16);
    const std::string_view reference = ours.text_or_empty("ref", reference_bytes_max);
    if (fields.complaint()) return std::unexpected{*fields.complaint()};
    if (ours.complaint()) return std::unexpected{*ours.complaint()};
    return DeliveryReport{.provider_id = std::string{provider_id},
                          .delivery = delivery_of(status, code),
                          .code = std::string{code},
                          .to = phone_of(form, "To"),
                          .reference = std::string{reference}};
}

}  // namespace whistlestop::intake
