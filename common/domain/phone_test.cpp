#include "common/domain/phone.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <unordered_set>

namespace whistlestop {
namespace {

TEST(Phone, OnlyTheCanonicalFormIsRead) {
    for (const char* good :
         {"+13035550199", "+12002000000", "+442071838750", "+35312345678", "+99999999", "+234567890123456"})
        EXPECT_TRUE(Phone::parse(good)) << good;
    for (const char* bad : {"",
                            "+",
                            "13035550199",
                            "+1 303 555 0199",
                            "+1303555019",
                            "+130355501999",
                            "+1-303-555-0199",
                            "+03035550199",
                            "+1303555019a",
                            "++3035550199",
                            "+2345678",
                            "+2345678901234567",
                            " +13035550199",
                            "+13035550199 ",
                            "+123456789012345",
                            "+11035550199",
                            "+10035550199",
                            "+13031550199",
                            "+13030550199",
                            "384387"})
        EXPECT_FALSE(Phone::parse(bad)) << bad;
    EXPECT_FALSE(
        Phone::parse(std::string_view{"+1303555\0"
                                      "199",
                                      12}));
    EXPECT_FALSE(Phone::parse("+1303555019\xd9\xa9"));
}

TEST(Phone, AnErrorNeverHoldsTheNumber) {
    const auto phone = Phone::parse("+1303555019");
    ASSERT_FALSE(phone);
    EXPECT_EQ(phone.error().fault, Fault::invalid);
    EXPECT_EQ(phone.error().detail.find("303"), std::string::npos);
}

TEST(Phone, TheCountryCodeIsSplitOff) {
    const std::pair<const char*, const char*> rows[] = {
        {"+13035550199", "+1"},   {"+79161234567", "+7"},  {"+442071838750", "+44"},  {"+201234567890", "+20"},
        {"+35312345678", "+353"}, {"+2111234567", "+211"}, {"+998901234567", "+998"}, {"+4930123456", "+49"}};
    for (const auto& [text, country] : rows) EXPECT_EQ(Phone::parse(text)->country(), country) << text;
}

TEST(SenderId, IsAPhoneOrAShortCode) {
    EXPECT_TRUE(SenderId::parse("384387")->is_short_code());
    EXPECT_FALSE(SenderId::parse("384387")->phone());
    EXPECT_EQ(SenderId::parse("+13035550199")->phone(), *Phone::parse("+13035550199"));
    EXPECT_EQ(SenderId{*Phone::parse("+13035550199")}, *SenderId::parse("+13035550199"));
    EXPECT_TRUE(SenderId::parse("123"));
    EXPECT_TRUE(SenderId::parse("12345678"));
    for (const char* bad : {"", "12", "123456789", "WHISTLE", "3843 87", "38a387", "+384387"})
        EXPECT_FALSE(SenderId::parse(bad)) << bad;
}

TEST(PhoneLaws, TextComesBackOrderIsTheTextsAndEqualMeansEqual) {
    std::mt19937_64 random{20261123};
    std::set<Phone> ordered;
    std::set<std::string> texts;
    std::unordered_set<Phone> hashed;
    for (int i = 0; i < 2'000; ++i) {
        std::string text = "+" + std::to_string(2 + random() % 8);
        const std::size_t digits = 8 + random() % 8;
        while (text.size() <= digits) text.push_back(static_cast<char>('0' + random() % 10));
        const auto phone = Phone::parse(text);
        ASSERT_TRUE(phone) << text;
        ASSERT_EQ(phone->text(), text);
        ordered.insert(*phone);
        hashed.insert(*phone);
        texts.insert(text);
    }
    EXPECT_EQ(hashed.size(), texts.size());
    EXPECT_TRUE(
        std::ranges::equal(ordered, texts, {}, &Phone::text, [](const std::string& t) { return std::string_view{t}; }));
}

}  // namespace
}  // namespace whistlestop
