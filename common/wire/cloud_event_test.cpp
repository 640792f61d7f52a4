#include "common/wire/cloud_event.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "whistlestop/v1/inbox.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <string>

#include "common/wire/base64.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop {
namespace {

// A usual event with `members` behind its attributes.
std::string event(std::string_view members) {
    return fmt::format(R"({{"specversion":"1.0","id":"r-1","source":"/me","type":"t",{}}})", members);
}

std::string base64(std::string_view bytes) {
    std::string out;
    append_base64(out, bytes);
    return out;
}

TEST(CloudEvent, AttributesBecomeHeadersAndDataTheValue) {
    const auto read =
        parse_cloud_event(event(R"("time":"1970-01-01T00:00:01Z","hops":3,"data":{"contact":"c","n":1})"));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->key, "c");
    EXPECT_EQ(read->value, R"({"contact":"c","n":1})");
    const std::string_view headers = read->headers.encoded();
    EXPECT_EQ(find_header(headers, "ce_specversion"), "1.0");
    EXPECT_EQ(find_header(headers, "ce_id"), "r-1");
    EXPECT_EQ(find_header(headers, "ce_source"), "/me");
    EXPECT_EQ(find_header(headers, "ce_time"), "1970-01-01T00:00:01Z");
    EXPECT_EQ(find_header(headers, "ce_hops"), "3");
    EXPECT_EQ(find_header(headers, "content-type"), "application/json");
}

TEST(CloudEvent, Base64IsProtobuf) {
    const std::string value{"\x0a\x00\xff", 3};
    const auto read = parse_cloud_event(event(R"("partitionkey":"k","data_base64":")" + base64(value) + '"'));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->key, "k");
    EXPECT_EQ(read->value, value);
    EXPECT_EQ(find_header(read->headers.encoded(), "content-type"), "application/protobuf");
}

TEST(CloudEvent, NamesWhatItRefuses) {
    const std::string long_data(event_data_bytes_max, 'x');
    const std::pair<std::string, std::string_view> rows[] = {
        {"", "line:"},
        {"[]", "line:"},
        {R"({"id":)", "line:"},
        {"{\"id\":\"\xff\"}", "line:"},
        {R"({"id":"r","data":1})", "specversion:"},
        {R"({"specversion":"1.0","data":{}})", "id:"},
        {event(R"("data":{},"data_base64":"")"), "data:"},
        {event(R"("n":1)"), "data:"},
        {event(R"("data_base64":"?")"), "data_base64:"},
        {event(R"("data_base64":1)"), "data_base64:"},
        {event(R"("Upper":1,"data":{})"), "attributes:"},
        {event(R"("inner":{},"data":{})"), "inner:"},
        {event(R"("time":"never","data":{})"), "time:"},
        {event(R"("datacontenttype":"text/plain","data":{})"), "datacontenttype:"},
        {event(R"("datacontenttype":"application/json","data_base64":"")"), "datacontenttype:"},
        {event(R"("data":")" + long_data + '"'), "data: 65538 bytes, at most 65536"},
        {event(R"("subject":")" + std::string(1025, 'x') + R"(","data":1)"), "subject: 1025 bytes, at most 1024"},
    };
    for (const auto& [line, want] : rows) {
        const auto read = parse_cloud_event(line);
        ASSERT_FALSE(read.has_value()) << want;
        EXPECT_TRUE(read.error().detail.starts_with(want)) << read.error().detail << " / " << want;
    }
}

TEST(CloudEvent, NamesTheContactOnlyWhereDataDoes) {
    for (const std::string_view data :
         {R"("data":1)", R"("data":{})", R"("data":{"contact":1})", R"("data_base64":"")"})
        EXPECT_EQ(parse_cloud_event(event(data))->key, "") << data;
}

TEST(CloudEvent, WhatIsWrittenCanBeReadAgain) {
    const Headers headers = envelope_headers("r\"1", "outbound.event", {1500}, "");
    const Record record{{Topic::outbound_events, 3}, 17, {}, "+1", headers.encoded(), "\x01\x02"};
    const std::string line = cloud_event_line(record);
    EXPECT_TRUE(line.contains(R"("position":"3:17")")) << line;
    const auto read = parse_cloud_event(line);
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->key, "+1");
    EXPECT_EQ(read->headers.encoded().size(), headers.encoded().size());
    EXPECT_EQ(find_header(read->headers.encoded(), "ce_id"), "r\"1");
    EXPECT_EQ(read->value, "\x01\x02");
}

TEST(CloudEvent, AnInternalRecordGetsAnEnvelopeOfItsPlace) {
    const Record record{{Topic::inbound, 3}, 17, {1500}, "\xff", "", "v"};
    EXPECT_EQ(cloud_event_line(record),
              R"({"specversion":"1.0","id":"inbound/3:17","source":"/whistlestop","type":"org.whistlestop.inbound.v1",)"
              R"("time":"1970-01-01T00:00:01.500Z","datacontenttype":"application/protobuf","position":"3:17",)"
              R"("data_base64":"dg=="})");
}

TEST(CloudEvent, HeadersOutsideOfTheEnvelopeBecomeAttributes) {
    const Headers headers = Headers{}.add("reason", "id: want one").add("ce_id", "x");
    const std::string line = cloud_event_line({{Topic::dlq, 0}, 0, {}, "", headers.encoded(), ""});
    EXPECT_TRUE(line.contains(R"("dlqreason":"id: want one")")) << line;
    EXPECT_TRUE(line.contains(R"("id":"x")")) << line;
}

TEST(CloudEvent, ReadableShowsTheData) {
    v1::OutboundEvent message;
    message.set_kind(v1::OutboundEvent::KIND_ENDED);
    message.set_reason("x");
    const Headers headers = envelope_headers("r-1", "outbound.event", {1500}, "");
    const std::string value = message.SerializeAsString();
    const std::string line = cloud_event_line({{Topic::outbound_events, 0}, 0, {}, "", headers.encoded(), value});
    v1::OutboundEvent scratch;
    const std::string readable = readable_line(line, scratch);
    EXPECT_TRUE(readable.ends_with(R"(,"data":{"kind":"KIND_ENDED","reason":"x"}})")) << readable;
    EXPECT_TRUE(readable.contains(R"("datacontenttype":"application/json")")) << readable;
    EXPECT_FALSE(readable.contains("data_base64"));
    EXPECT_TRUE(parse_cloud_event(readable).has_value());
    EXPECT_EQ(readable_line("no JSON", scratch), "no JSON");
}

std::string letter(std::string_view content_type, std::string_view value) {
    Headers headers = Headers{}.add("source", "inbox.commands").add("reason", "contact: want one");
    headers.add("ce_source", "/me").add("content-type", content_type);
    return readable_letter(cloud_event_line({{Topic::dlq, 0}, 0, {}, "k", headers.encoded(), value}));
}

TEST(CloudEvent, AReadableLetterSaysWhereFromAndWhyAndShowsWhatCanBeShown) {
    v1::InboxCommand command;
    command.set_campaign("spring");
    const std::string whole = letter("application/protobuf", command.SerializeAsString());
    EXPECT_TRUE(whole.contains(R"("dlqsource":"inbox.commands","dlqreason":"contact: want one","source":"/me")"))
        << whole;
    EXPECT_TRUE(whole.contains(R"("partitionkey":"k")")) << whole;
    EXPECT_TRUE(whole.ends_with(R"(,"data":{"campaign":"spring"}})")) << whole;

    const std::string broken = letter("application/json", R"({"campaign":)");
    EXPECT_TRUE(broken.contains(R"("datacontenttype":"text/plain")")) << broken;
    EXPECT_TRUE(broken.ends_with(R"(,"data":"{\"campaign\":"})")) << broken;

    EXPECT_TRUE(letter("application/protobuf", "\xff\xff").ends_with(R"(,"data_base64":"//8="})"));
}

}  // namespace
}  // namespace whistlestop
