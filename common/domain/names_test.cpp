#include "common/domain/names.hpp"

#include <gtest/gtest.h>

namespace whistlestop {
namespace {

TEST(Names, OneTo64OfTheAlphabet) {
    for (const char* good : {"a", "@catchall", "step-2", "north.fund_2026", "Z9"}) EXPECT_TRUE(is_name(good)) << good;
    EXPECT_TRUE(is_name(std::string(64, 'x')));
    EXPECT_FALSE(is_name(std::string(65, 'x')));
    for (const char* bad : {"", " ", "a b", "a/b", "*", "é", "a\n", "+13035550199"}) EXPECT_FALSE(is_name(bad)) << bad;
    EXPECT_FALSE(is_name(std::string_view{"a\0b", 3}));
    for (const char edge : {'@', '[', '`', '{', '/', ':', ','})
        EXPECT_EQ(is_name(std::string(1, edge)), edge == '@') << edge;
}

TEST(Names, AnErrorNamesTheFieldAndTheLimitButNotTheValue) {
    const auto result = check_name("campaign", "+13035550199");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::invalid);
    EXPECT_EQ(result.error().detail, "campaign: want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
    EXPECT_TRUE(check_name("campaign", "spring"));
}

}  // namespace
}  // namespace whistlestop
