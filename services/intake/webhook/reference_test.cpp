#include "services/intake/webhook/reference.hpp"

#include <gtest/gtest.h>

namespace whistlestop::intake {
namespace {

TEST(Reference, NamesPartitionTextAndAttempt) {
    const auto reference = parse_reference("11-000102030405060708090a0b0c0d0eFF-7");
    ASSERT_TRUE(reference.has_value());
    EXPECT_EQ(reference->partition, 11);
    EXPECT_EQ(reference->text_id,
              (std::string{"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff", 16}));
    EXPECT_EQ(reference->attempt, 7U);
}

TEST(Reference, IsExactOrNone) {
    for (const std::string_view text : {
             "",
             "-",
             "--",
             "1-2",
             "12-000102030405060708090a0b0c0d0e0f-1",  // there are 12 partitions
             "-000102030405060708090a0b0c0d0e0f-1",
             "1-000102030405060708090a0b0c0d0e0f-",
             "1-000102030405060708090a0b0c0d0e-1",
             "1-000102030405060708090a0b0c0d0e0f00-1",
             "1-000102030405060708090a0b0c0d0e0g-1",
             "1-0001020304050607-8090a0b0c0d0e0f-1",
             "1-000102030405060708090a0b0c0d0e0f-x",
             "1-000102030405060708090a0b0c0d0e0f-4294967296",
             " 1-000102030405060708090a0b0c0d0e0f-1",
         })
        EXPECT_FALSE(parse_reference(text).has_value()) << text;
}

}  // namespace
}  // namespace whistlestop::intake
