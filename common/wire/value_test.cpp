#include <gtest/gtest.h>

#include "whistlestop/v1/outbound.pb.h"
#include <string>

#include "common/wire/envelope.hpp"

namespace whistlestop {
namespace {

v1::OutboundRequest request() {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.mutable_send()->set_text("hello");
    request.mutable_send()->set_expires_at_ms(17);
    return request;
}

TEST(Value, ReadsBothForms) {
    v1::OutboundRequest read;
    ASSERT_TRUE(read_value(request().SerializeAsString(), protobuf_content, read).has_value());
    EXPECT_EQ(read.send().text(), "hello");
    for (const std::string_view json : {R"({"organisation":"org","send":{"text":"hello","expiresAtMs":"17"}})",
                                        R"({"organisation":"org","send":{"text":"hello","expires_at_ms":17}})"}) {
        read.Clear();
        ASSERT_TRUE(read_value(json, "application/json; charset=utf-8", read).has_value()) << json;
        EXPECT_EQ(read.SerializeAsString(), request().SerializeAsString());
    }
}

TEST(Value, WritesTheNamesOfTheSchema) {
    EXPECT_EQ(to_json(request()), R"({"organisation":"org","send":{"text":"hello","expires_at_ms":"17"}})");
}

TEST(Value, KeepsUnknownProtobufFields) {
    const std::string later = request().SerializeAsString() + std::string{"\xf8\x07\x05", 3};  // field 127, 5
    v1::OutboundRequest read;
    ASSERT_TRUE(read_value(later, protobuf_content, read).has_value());
    EXPECT_EQ(read.SerializeAsString(), later);
}

TEST(Value, RefusesWithTheFieldAndWithoutTheValue) {
    struct Row {
        std::string_view json;
        std::string_view want;
    };
    const Row rows[] = {
        {R"({"foo":1})", "data: foo: no such field"},
        {R"({"send":{"txt":1}})", "data: send.txt: no such field"},
        {R"({"send":{"text":13035550199}})", "data: send.text: invalid value"},
        {R"({"send":{"expires_at_ms":"13035550199x"}})", "data: send.expires_at_ms: invalid value"},
        {R"({"send":{"class":"+13035550199"}})", "data: send.class: invalid value"},
        {R"({"send":"+13035550199"})", "data: send: invalid value"},
        {R"({"+13035550199":1})", "data: not readable as JSON of the schema"},
        {R"({"send":{},"cancel":{}})", "data: only one of its alternatives"},
        {R"({"send": +13035550199})", "data: not readable as JSON of the schema"},
        {R"(["13035550199"])", "data: not readable as JSON of the schema"},
        {"", "data: not readable as JSON of the schema"},
        {"{\"id\":\"\xff\"}", "data: not readable as JSON of the schema"},
    };
    for (const Row& row : rows) {
        v1::OutboundRequest read;
        const auto result = read_value(row.json, json_content, read);
        ASSERT_FALSE(result.has_value()) << row.json;
        EXPECT_EQ(result.error().detail, row.want);
    }
}

TEST(Value, RefusesWhatIsNoProtobufAndWhatItDoesNotKnow) {
    silence_protobuf();
    v1::OutboundRequest read;
    EXPECT_EQ(read_value("\x0a\x02\xff\xfe", protobuf_content, read).error().detail,
              "data: not readable as whistlestop.v1.OutboundRequest");
    for (const std::string_view type : {"", "text/plain", "application/jsonx"})
        EXPECT_TRUE(read_value("{}", type, read).error().detail.starts_with("datacontenttype:")) << type;
}

}  // namespace
}  // namespace whistlestop
