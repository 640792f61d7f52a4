#include "services/intake/webhook/records.hpp"

#include <gtest/gtest.h>

#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <algorithm>
#include <cctype>
#include <string>

namespace whistlestop::intake {
namespace {

constexpr std::string_view contact = "+13035550199";
constexpr WallMs now{1500};

DeliveryReport usual() {
    return {.provider_id = "SM1",
            .delivery = DeliveryState::delivered,
            .code = "",
            .to = *Phone::parse(contact),
            .reference = "3-000102030405060708090a0b0c0d0e0f-2"};
}

Record only_record(const Commit& commit) {
    EXPECT_EQ(commit.record_count(), 1U);
    std::string_view bytes = commit.records();
    return *take_record(bytes);
}

v1::CarrierReport report_in(const Record& record) {
    v1::CarrierReport report;
    EXPECT_TRUE(report.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())));
    return report;
}

TEST(Records, AnInboundTextStandsWithItsContact) {
    const InboundText text{.provider_id = "SM1",
                           .from = *Phone::parse(contact),
                           .to = *SenderId::parse("12345"),
                           .body = "  STOP ",
                           .media = {"https://a", "https://b"},
                           .carrier_keyword = "STOP"};
    Commit commit;
    add_inbound(commit, "main", text, now);
    const Record record = only_record(commit);
    EXPECT_EQ(record.at, place(Topic::inbound, contact));
    EXPECT_EQ(record.key, contact);
    v1::InboundRecord message;
    ASSERT_TRUE(message.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())));
    EXPECT_EQ(message.text().account(), "main");
    EXPECT_EQ(message.text().provider_id(), "SM1");
    EXPECT_EQ(message.text().contact(), contact);
    EXPECT_EQ(message.text().sender(), "12345");
    EXPECT_EQ(message.text().body(), "  STOP ");
    EXPECT_EQ(message.text().media_size(), 2);
    EXPECT_EQ(message.text().received_ms(), 1500);
    EXPECT_EQ(message.text().carrier_keyword(), "STOP");
}

TEST(Records, AReportGoesWhereItsReferenceSays) {
    Commit commit;
    add_report(commit, "main", usual(), now);
    const Record record = only_record(commit);
    EXPECT_EQ(record.at, (TopicPartition{Topic::carrier_reports, 3}));
    const v1::CarrierReport report = report_in(record);
    EXPECT_EQ(report.text_id().size(), 16U);
    EXPECT_EQ(report.attempt(), 2U);
    EXPECT_EQ(report.contact(), contact);
    EXPECT_EQ(report.delivery(), v1::DELIVERY_STATE_DELIVERED);
    EXPECT_EQ(report.received_ms(), 1500);
}

TEST(Records, AReportWithoutReferenceGoesToItsContact) {
    DeliveryReport report = usual();
    report.reference = "somebody else's";
    Commit commit;
    add_report(commit, "main", report, now);
    const Record record = only_record(commit);
    EXPECT_EQ(record.at, place(Topic::carrier_reports, contact));
    EXPECT_TRUE(report_in(record).text_id().empty());
}

TEST(Records, AReportThatNamesNobodyIsADeadLetter) {
    DeliveryReport report = usual();
    report.reference.clear();
    report.to.reset();
    report.code = "30003";
    Commit commit;
    add_report(commit, "main", report, now);
    const Record record = only_record(commit);
    EXPECT_EQ(record.at.topic, Topic::dlq);
    EXPECT_EQ(record.header("source"), "carrier.reports");
    EXPECT_TRUE(record.header("reason").has_value());
    EXPECT_EQ(report_in(record).code(), "30003");
}

TEST(Records, EveryDeliveryStateHasTheNumberOfTheSchema) {
    for (const auto& [state, name] : StateList<DeliveryState>::all) {
        DeliveryReport report = usual();
        report.delivery = state;
        Commit commit;
        add_report(commit, "main", report, now);
        std::string want{state == DeliveryState::none ? "unspecified" : name};
        std::ranges::transform(want, want.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        EXPECT_EQ(v1::DeliveryState_Name(report_in(only_record(commit)).delivery()), "DELIVERY_STATE_" + want);
    }
}

}  // namespace
}  // namespace whistlestop::intake
