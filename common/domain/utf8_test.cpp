#include "common/domain/utf8.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace whistlestop {
namespace {

std::u32string all_of(std::string_view text) {
    std::u32string points;
    while (!text.empty()) points.push_back(take_code_point(text));
    return points;
}

std::string encode(char32_t point) {
    std::string out;
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) return put(point), out;
    if (point < 0x800) return put(0xC0 | point >> 6), put(0x80 | (point & 0x3F)), out;
    if (point < 0x10000) put(0xE0 | point >> 12);
    if (point >= 0x10000) put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 0x3F));
    return put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F)), out;
}

TEST(Utf8, EveryCodePointComesBackAndSurrogatesDoNot) {
    for (char32_t point = 0; point <= 0x10FFFF; ++point) {
        const std::string text = encode(point);
        const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        ASSERT_EQ(is_utf8(text), !surrogate) << static_cast<std::uint32_t>(point);
        if (surrogate) continue;
        ASSERT_EQ(all_of(text), std::u32string(1, point));
    }
}

TEST(Utf8, ABeginningCutsNoCharacterInTwo) {
    constexpr std::string_view text = "a\u00e9\u20ac\U0001F33B";  // 1, 2, 3 and 4 bytes
    constexpr std::array<std::size_t, 12> kept{0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (std::size_t most = 0; most < kept.size(); ++most)
        EXPECT_EQ(utf8_beginning(text, most), text.substr(0, kept[most])) << most;
    EXPECT_EQ(utf8_beginning("\x80\x80\x80", 2), "") << "nothing but the rests of characters";
}

TEST(Utf8, WrongBytesBecomeOneReplacementPerMaximalPart) {
    const std::pair<std::string, std::u32string> rows[] = {
        {"\x80", U"\xFFFD"},                                // a continuation alone
        {"\xC0\xAF", U"\xFFFD\xFFFD"},                      // overlong /
        {"\xE0\x80\xAF", U"\xFFFD\xFFFD\xFFFD"},            // overlong in three bytes
        {"\xED\xA0\x80", U"\xFFFD\xFFFD\xFFFD"},            // a surrogate
        {"\xF4\x90\x80\x80", U"\xFFFD\xFFFD\xFFFD\xFFFD"},  // above U+10FFFF
        {"\xF0\x9F\x91", U"\xFFFD"},                        // an emoji cut off
        {"\xF0\x9F\x91x", U"\xFFFDx"},                      // and going on
        {"\xE2\x82", U"\xFFFD"},
        {"a\xFFz", U"a\xFFFDz"},
    };
    for (const auto& [text, want] : rows) {
        EXPECT_EQ(all_of(text), want);
        EXPECT_FALSE(is_utf8(text));
    }
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("\xEF\xBF\xBD"));  // U+FFFD itself is text like any other
}

}  // namespace
}  // namespace whistlestop
