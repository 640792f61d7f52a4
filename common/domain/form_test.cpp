#include "common/domain/form.hpp"

#include <gtest/gtest.h>

#include <random>

namespace whistlestop {
namespace {

TEST(Form, IsDecodedInOrderWithRepeatsAndEmptyValues) {
    const auto form = decode_form("Body=++Yes+%F0%9F%91%8D+2+%2B+2&To=%2b13035550100&ToCity=&Digits=1&Digits=1&a=b=c");
    const Form want{{"Body", "  Yes \xF0\x9F\x91\x8D 2 + 2"},
                    {"To", "+13035550100"},
                    {"ToCity", ""},
                    {"Digits", "1"},
                    {"Digits", "1"},
                    {"a", "b=c"}};
    ASSERT_TRUE(form);
    EXPECT_EQ(*form, want);
    EXPECT_EQ(*find_field(*form, "ToCity"), "");
    EXPECT_EQ(find_field(*form, "tocity"), nullptr);
    EXPECT_EQ(decode_form(""), Form{});
    EXPECT_EQ(decode_form("a=%00"), (Form{{"a", std::string(1, '\0')}}));
}

TEST(Form, WhatIsBrokenIsRefusedWhole) {
    for (const char* bad : {"a=%", "a=%4", "a=%4g", "a=%g4", "%=a", "a=%-1", "a=% 1", "a", "=a", "a=b&", "&a=b",
                            "a=b&&c=d", "a=b&c", "&"}) {
        const auto form = decode_form(bad);
        ASSERT_FALSE(form) << bad;
        EXPECT_EQ(form.error().fault, Fault::invalid);
    }
}

TEST(Form, HasALimitOfFields) {
    std::string fields = "a=b";
    for (std::size_t i = 1; i < form_fields_max; ++i) fields += "&a=b";
    EXPECT_TRUE(decode_form(fields));
    EXPECT_FALSE(decode_form(fields + "&a=b"));
}

TEST(Form, IsEncodedAsBrowsersDo) {
    EXPECT_EQ(encode_form({{"To", "+1303"}, {"Body", "a b&c=d/é~*-._"}, {"E", ""}}),
              "To=%2B1303&Body=a+b%26c%3Dd%2F%C3%A9%7E*-._&E=");
    EXPECT_EQ(encode_form({}), "");
}

TEST(FormLaws, WhatIsEncodedComesBack) {
    std::mt19937_64 random{3};
    const auto bytes = [&](std::size_t least) {
        std::string out(least + random() % 20, '\0');
        for (char& c : out) c = static_cast<char>(random());
        return out;
    };
    for (int i = 0; i < 3'000; ++i) {
        Form form(random() % 6);
        for (auto& [name, value] : form) name = bytes(1), value = bytes(0);
        ASSERT_EQ(decode_form(encode_form(form)), form);
    }
}

TEST(FormLaws, AnyBytesAreDecodedOrRefused) {
    std::mt19937_64 random{4};
    constexpr std::string_view letters = "a=&%+0Fz\xff";
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 12, '\0');
        for (char& c : bytes) c = letters[random() % letters.size()];
        const auto form = decode_form(bytes);
        if (!form) continue;
        ASSERT_EQ(decode_form(encode_form(*form)), *form);
    }
}

}  // namespace
}  // namespace whistlestop
