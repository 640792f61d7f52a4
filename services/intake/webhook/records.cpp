#include "services/intake/webhook/records.hpp"

#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/outbound.pb.h"

#include "services/intake/webhook/reference.hpp"

namespace whistlestop::intake {
namespace {

v1::CarrierReport report_message(std::string_view account, const DeliveryReport& report, WallMs now) {
    v1::CarrierReport message;
    message.set_account(account.data(), account.size());
    message.set_provider_id(report.provider_id);
    message.set_delivery(static_cast<v1::DeliveryState>(report.delivery));  // the numbers are the same
    message.set_code(report.code);
    message.set_received_ms(now.value);
    if (report.to) message.set_contact(std::string{report.to->text()});
    return message;
}

}  // namespace

void add_inbound(Commit& commit, std::string_view account, const InboundText& text, WallMs now) {
    v1::InboundRecord record;
    v1::InboundText& message = *record.mutable_text();
    message.set_account(account.data(), account.size());
    message.set_provider_id(text.provider_id);
    message.set_contact(std::string{text.from.text()});
    message.set_sender(std::string{text.to.text()});
    message.set_body(text.body);
    for (const std::string& link : text.media) message.add_media(link);
    message.set_received_ms(now.value);
    message.set_carrier_keyword(text.carrier_keyword);
    const std::string_view contact = text.from.text();
    commit.add({place(Topic::inbound, contact), 0, now, contact, {}, record.SerializeAsString()});
}

void add_report(Commit& commit, std::string_view account, const DeliveryReport& report, WallMs now) {
    v1::CarrierReport message = report_message(account, report, now);
    const auto reference = parse_reference(report.reference);
    if (reference) {
        message.set_text_id(reference->text_id);
        message.set_attempt(reference->attempt);
    }
    const std::string value = message.SerializeAsString();
    const std::string& contact = message.contact();
    if (reference) return commit.add({{Topic::carrier_reports, reference->partition}, 0, now, contact, {}, value});
    if (!contact.empty()) return commit.add({place(Topic::carrier_reports, contact), 0, now, contact, {}, value});
    const Headers headers = Headers{}
                                .add("source", spec_of(Topic::carrier_reports).name)
                                .add("reason", "neither a reference of ours nor a number to tell whose text it is");
    commit.add({place(Topic::dlq, report.provider_id), 0, now, report.provider_id, headers.encoded(), value});
}

}  // namespace whistlestop::intake
