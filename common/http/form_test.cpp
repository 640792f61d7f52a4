#include "common/http/form.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace whistlestop::http {
namespace {

using Fields = std::vector<Field>;

struct Row {
    std::string_view name;
    std::string_view text;
    Fields want;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const Row rows[] = {
    {"nothing", "", {}},
    {"one_field", "a=b", {{"a", "b"}}},
    {"order_and_repeats_are_kept", "b=1&a=2&b=3", {{"b", "1"}, {"a", "2"}, {"b", "3"}}},
    {"plus_is_a_space", "a+b=c+d", {{"a b", "c d"}}},
    {"escapes_of_either_case", "a=%2b%2B%c3%A9", {{"a", "++\xc3\xa9"}}},
    {"an_escaped_separator_separates_nothing", "a=%26b%3Dc", {{"a", "&b=c"}}},
    {"an_escaped_zero_byte_stays", "a=%00b", {{"a", std::string{"\0b", 2}}}},
    {"a_second_equals_sign_belongs_to_the_value", "a=b=c", {{"a", "b=c"}}},
    {"an_empty_value", "a=&b=", {{"a", ""}, {"b", ""}}},
    {"no_equals_sign", "a&b=c", {{"a", ""}, {"b", "c"}}},
};

class FormTable : public testing::TestWithParam<Row> {};
TEST_P(FormTable, GivesTheFields) {
    const auto fields = parse_form(GetParam().text);
    ASSERT_TRUE(fields) << fields.error().detail;
    EXPECT_EQ(*fields, GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(Rows, FormTable, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Form, RefusesWhatABrowserWouldGuessAt) {
    for (const std::string_view text :
         {"a=%", "a=%4", "a=%4g", "a=%g4", "%=a", "a=1&", "&a=1", "a=1&&b=2", "=a", "&", "a=%%41", "a=% 1", "a=%+1"}) {
        const auto fields = parse_form(text);
        ASSERT_FALSE(fields) << text;
        EXPECT_EQ(fields.error().fault, Fault::invalid);
    }
}

TEST(Form, RefusesTooManyFields) {
    EXPECT_TRUE(parse_form("a=1&b=2", 2));
    EXPECT_FALSE(parse_form("a=1&b=2&c=3", 2));
}

TEST(Form, FindsTheFirstOfAName) {
    const Fields fields{{"a", "1"}, {"b", "2"}, {"b", "3"}};
    ASSERT_NE(find_field(fields, "b"), nullptr);
    EXPECT_EQ(*find_field(fields, "b"), "2");
    EXPECT_EQ(find_field(fields, "B"), nullptr);
}

std::string any_text(std::mt19937& random, std::string_view alphabet, std::size_t size_max) {
    std::string text(random() % (size_max + 1), ' ');
    for (char& c : text) c = alphabet.empty() ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
    return text;
}

TEST(FormLaws, WhatWasEncodedIsReadBack) {
    std::mt19937 random{1};
    for (int i = 0; i < 20'000; ++i) {
        Fields fields(random() % 6);
        for (Field& field : fields)
            field = {"n" + any_text(random, "", 8), any_text(random, i % 2 == 0 ? "" : "%&=+ aA0", 12)};
        const std::string text = encode_form(fields);
        ASSERT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%&=+"),
                  std::string::npos);
        const auto read = parse_form(text);
        ASSERT_TRUE(read) << text;
        ASSERT_EQ(*read, fields) << text;
    }
}

// Whatever is accepted means one thing only: written anew and read again it is the same.
TEST(FormLaws, WhatIsReadSurvivesBeingWritten) {
    std::mt19937 random{2};
    int accepted = 0;
    for (int i = 0; i < 200'000; ++i) {
        const std::string text = any_text(random, "%%&=+aF0", 10);
        const auto read = parse_form(text);
        if (!read) continue;
        ++accepted;
        const auto again = parse_form(encode_form(*read));
        ASSERT_TRUE(again) << text;
        ASSERT_EQ(*again, *read) << text;
    }
    EXPECT_GT(accepted, 10'000);
}

}  // namespace
}  // namespace whistlestop::http
