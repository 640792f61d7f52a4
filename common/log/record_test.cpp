#include <gtest/gtest.h>

#include "common/log/log.hpp"

namespace whistlestop {
namespace {

TEST(Record, IsReadAsItWasWritten) {
    Headers headers;
    headers.add("ce_id", "7").add("content-type", "application/protobuf");
    std::string bytes;
    encode_record(bytes,
                  {{Topic::inbound, 3}, 41, WallMs{1234}, "key", headers.encoded(), std::string_view{"v\0v", 3}});
    encode_record(bytes, {{Topic::dlq, 0}, 1, WallMs{-5}, "", "", ""});

    std::string_view rest = bytes;
    const auto first = take_record(rest);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->at, (TopicPartition{Topic::inbound, 3}));
    EXPECT_EQ(first->offset, 41U);
    EXPECT_EQ(first->time, WallMs{1234});
    EXPECT_EQ(first->key, "key");
    EXPECT_EQ(first->value, (std::string_view{"v\0v", 3}));
    EXPECT_EQ(first->header("content-type"), "application/protobuf");
    EXPECT_EQ(first->header("absent"), std::nullopt);
    const auto second = take_record(rest);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->time, WallMs{-5});
    EXPECT_TRUE(rest.empty());
}

TEST(Record, AHeaderLargerThanCanBeHeldIsCut) {
    const std::string large(header_bytes_max + 1, 'x');
    Headers headers;
    headers.add("a", large).add(large, "b").add("c", "d");
    EXPECT_EQ(find_header(headers.encoded(), "a"), large.substr(1));
    EXPECT_EQ(find_header(headers.encoded(), large.substr(1)), "b");
    EXPECT_EQ(find_header(headers.encoded(), "c"), "d");
}

TEST(Record, CutAnywhereItIsNotWhole) {
    std::string bytes;
    encode_record(bytes, {{Topic::inbound, 3}, 41, WallMs{1234}, "key", "", "value"});
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        std::string_view rest = std::string_view{bytes}.substr(0, cut);
        EXPECT_FALSE(take_record(rest).has_value()) << cut;
    }
}

TEST(Row, AnEmptyRowIsNotAnErasedOne) {
    Commit commit;
    commit.put_row("a", "");
    commit.erase_row("b");
    std::string_view rows = commit.rows();
    const auto empty = take_row(rows);
    const auto gone = take_row(rows);
    ASSERT_TRUE(empty && gone);
    EXPECT_EQ(empty->value, "");
    EXPECT_EQ(gone->value, std::nullopt);
    EXPECT_FALSE(take_row(rows).has_value());
}

TEST(Topics, AreNumberedWithoutGapsAndNamedOnce) {
    std::size_t index = 0;
    for (const TopicSpec& topic : all_topics()) {
        EXPECT_EQ(topic_named(topic.name), topic.topic);
        for (std::uint16_t partition = 0; partition < topic.partitions; ++partition)
            EXPECT_EQ(index_of({topic.topic, partition}), index++);
    }
    EXPECT_EQ(index, partition_count());
    EXPECT_EQ(topic_named("outbound.requests.of.nobody"), std::nullopt);
}

}  // namespace
}  // namespace whistlestop
