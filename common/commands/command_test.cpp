#include "common/commands/command.hpp"

#include <gtest/gtest.h>

#include "whistlestop/v1/consent.pb.h"

#include "common/wire/envelope.hpp"

namespace whistlestop {
namespace {

constexpr TopicPartition at{Topic::consent_commands, 3};

Record record_of(std::string_view headers, std::string_view value) { return {at, 17, {}, {}, headers, value}; }

std::string complaint(const Record& record) {
    v1::ConsentCommand command;
    const auto head = read_identified(record, command);
    return head ? "" : head.error().detail;
}

TEST(Command, APublicOneHasItsIdInTheEnvelope) {
    v1::ConsentCommand command;
    command.set_organisation("a");
    command.set_id("forged");
    const std::string value = command.SerializeAsString();
    const Headers headers = envelope_headers("c1", "consent.command", {}, "");
    v1::ConsentCommand read;
    ASSERT_TRUE(read_identified(record_of(headers.encoded(), value), read));
    EXPECT_EQ(read.id(), "c1");
    EXPECT_EQ(read.organisation(), "a");
}

TEST(Command, AnInternalOneHasItInTheMessage) {
    v1::ConsentCommand command;
    command.set_id("tag/c1");
    const std::string value = command.SerializeAsString();
    v1::ConsentCommand read;
    ASSERT_TRUE(read_identified(record_of("", value), read));
    EXPECT_EQ(read.id(), "tag/c1");
}

TEST(Command, ACommandMayBeJson) {
    Headers headers;
    headers.add("ce_id", "c1").add("content-type", "application/json");
    v1::ConsentCommand read;
    ASSERT_TRUE(read_identified(record_of(headers.encoded(), R"({"contact":"+13035550199"})"), read));
    EXPECT_EQ(read.contact(), "+13035550199");
}

TEST(Command, WhatCannotBeReadSaysWhy) {
    Headers without_id;
    without_id.add("content-type", "application/json");
    Headers json;
    json.add("ce_id", "c1").add("content-type", "application/json");
    const std::string big(command_bytes_max + 1, 'x');
    EXPECT_TRUE(complaint(record_of(without_id.encoded(), "{}")).starts_with("id:"));
    EXPECT_TRUE(complaint(record_of("", "")).starts_with("id:"));
    EXPECT_TRUE(complaint(record_of("", "\xff")).starts_with("data:"));
    EXPECT_TRUE(complaint(record_of(json.encoded(), R"({"nobody":1})")).contains("nobody"));
    EXPECT_EQ(complaint(record_of(json.encoded(), big)), "data: 65537 bytes, at most 65536");
}

TEST(Command, NamesAContactThatIsItsKey) {
    const Record keyed{at, 0, {}, "+13035550199", {}, {}};
    EXPECT_TRUE(check_contact(keyed, "+13035550199"));
    EXPECT_TRUE(check_contact(record_of("", ""), "+13035550199"));
    EXPECT_TRUE(check_contact(keyed, "+13035550198").error().detail.starts_with("key:"));
    EXPECT_TRUE(check_contact(record_of("", ""), "3035550199").error().detail.starts_with("contact:"));
}

TEST(Command, CharactersAreCountedNotBytes) {
    EXPECT_EQ(count_characters("añ€😀"), 4U);
    EXPECT_TRUE(check_text("name", "ñññ", 3));
    EXPECT_EQ(check_text("name", "ññññ", 3).error().detail, "name: 4 characters, at most 3");
}

TEST(Command, DerivedIdsTellRecordsApart) { EXPECT_EQ(derived_id(record_of("", ""), 2), "consent.commands/3/17/2"); }

}  // namespace
}  // namespace whistlestop
