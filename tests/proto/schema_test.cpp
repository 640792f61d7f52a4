#include "tests/proto/schema.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace whistlestop::schema {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A schema of one file, given as the body of a FileDescriptorProto in text format.
Schema schema_of(const std::string& body, const std::string& package = "whistlestop.v1") {
    google::protobuf::FileDescriptorSet set;
    const std::string file = "file { name: \"whistlestop/v1/a.proto\" syntax: \"proto3\" package: \"" + package + "\" ";
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(file + body + "}", &set));
    return Schema{set};
}

std::string field(const std::string& name, int number, const std::string& type) {
    return "field { name: \"" + name + "\" number: " + std::to_string(number) + " type: TYPE_" + type +
           " label: LABEL_OPTIONAL }";
}

Schema message_of(const std::string& fields) { return schema_of("message_type { name: \"Text\" " + fields + " }"); }

Schema enum_of(const std::string& name, const std::string& zero) {
    return schema_of("enum_type { name: \"" + name + "\" value { name: \"" + zero + "\" number: 0 } }");
}

TEST(Lint, IsSilentAboutAGoodFile) {
    EXPECT_THAT(lint(message_of(field("request_id", 1, "STRING"))), IsEmpty());
    EXPECT_THAT(lint(enum_of("TextClass", "TEXT_CLASS_UNSPECIFIED")), IsEmpty());
}

TEST(Lint, NamesEachOffence) {
    EXPECT_THAT(lint(schema_of("", "whistlestop.v2")), ElementsAre(HasSubstr("is not its folder")));
    EXPECT_THAT(lint(schema_of("", "whistlestop.next")), Contains(HasSubstr("does not end in a version")));
    EXPECT_THAT(lint(schema_of("message_type { name: \"text_row\" }")), ElementsAre(HasSubstr("want CamelCase")));
    EXPECT_THAT(lint(message_of(field("requestId", 1, "STRING"))), ElementsAre(HasSubstr("want snake_case")));
    EXPECT_THAT(lint(message_of(field("line_2", 1, "STRING"))), ElementsAre(HasSubstr("want snake_case")));
    EXPECT_THAT(lint(enum_of("TextClass", "TEXT_CLASS_NONE")), ElementsAre(HasSubstr("zero is")));
    EXPECT_THAT(lint(enum_of("TextClass", "UNSPECIFIED")), Contains(HasSubstr("want TEXT_CLASS_")));
}

TEST(Lint, WantsProto3) {
    google::protobuf::FileDescriptorSet set;
    auto& file = *set.add_file();
    file.set_name("whistlestop/v1/a.proto");
    file.set_package("whistlestop.v1");
    EXPECT_THAT(lint(Schema{set}), ElementsAre(HasSubstr("is not proto3")));
}

TEST(Lock, HasALinePerElement) {
    EXPECT_THAT(lock_lines(message_of(field("request_id", 1, "STRING") + field("sent_ms", 2, "INT64"))),
                ElementsAre("message whistlestop.v1.Text",
                            "field whistlestop.v1.Text.request_id = 1 single string json=requestId",
                            "field whistlestop.v1.Text.sent_ms = 2 single int64 json=sentMs"));
    EXPECT_THAT(lock_lines(enum_of("Kind", "KIND_UNSPECIFIED")),
                ElementsAre("value whistlestop.v1.Kind.KIND_UNSPECIFIED = 0"));
}

Difference after(const std::string& fields) {
    const Lines lock = lock_lines(message_of(field("request_id", 1, "STRING") + field("sent_ms", 2, "INT64")));
    return compare(lock, lock_lines(message_of(fields)));
}

TEST(Lock, SeesWhatBreaks) {
    const std::string first = field("request_id", 1, "STRING");
    EXPECT_THAT(after(first + field("sent_ms", 2, "INT64")).gone, IsEmpty());
    EXPECT_THAT(after(first).gone, ElementsAre(HasSubstr("sent_ms")));                                  // taken out
    EXPECT_THAT(after(first + field("sent_at", 2, "INT64")).gone, ElementsAre(HasSubstr("sent_ms")));   // renamed
    EXPECT_THAT(after(first + field("sent_ms", 3, "INT64")).gone, ElementsAre(HasSubstr("sent_ms")));   // renumbered
    EXPECT_THAT(after(first + field("sent_ms", 2, "SINT64")).gone, ElementsAre(HasSubstr("sent_ms")));  // retyped
}

TEST(Lock, LetsAFieldBeAdded) {
    const auto difference =
        after(field("request_id", 1, "STRING") + field("sent_ms", 2, "INT64") + field("step", 3, "STRING"));
    EXPECT_THAT(difference.gone, IsEmpty());
    EXPECT_THAT(difference.added, ElementsAre(HasSubstr("Text.step = 3")));
}

TEST(Lock, IsReadWithoutItsComments) { EXPECT_THAT(parse_lock("# head\n\nmessage a\n"), ElementsAre("message a")); }

}  // namespace
}  // namespace whistlestop::schema
