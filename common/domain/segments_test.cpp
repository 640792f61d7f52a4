#include "common/domain/segments.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace whistlestop {
namespace {

constexpr auto gsm7 = Encoding::gsm7;
constexpr auto ucs2 = Encoding::ucs2;

std::string times(std::string_view text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

struct Row {
    std::string name;
    std::string text;
    Segments want;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const Row rows[] = {
    {"empty", "", {gsm7, 0, 1}},
    {"one_letter", "a", {gsm7, 1, 1}},
    {"full_segment", times("a", 160), {gsm7, 160, 1}},
    {"one_more_is_two", times("a", 161), {gsm7, 161, 2}},
    {"two_full_parts", times("a", 306), {gsm7, 306, 2}},
    {"three_parts", times("a", 307), {gsm7, 307, 3}},
    {"six_full_parts", times("a", 918), {gsm7, 918, 6}},
    {"extension_takes_two", "{", {gsm7, 2, 1}},
    {"all_extensions", "^{}\\[~]|€\f", {gsm7, 20, 1}},
    {"extension_fills_one", "{" + times("a", 158), {gsm7, 160, 1}},      // TwilioDevEd calculator, tests/index.test.js
    {"extension_overflows_one", "{" + times("a", 159), {gsm7, 161, 2}},  // the same
    {"pair_not_split", times("a", 152) + "€" + times("a", 152), {gsm7, 306, 3}},
    {"pair_fits_at_border", times("a", 151) + "€" + times("a", 153), {gsm7, 306, 2}},
    {"line_feeds", "a\r\nb", {gsm7, 4, 1}},
    {"accents_of_the_alphabet", "àèéìòùäöüñåæøß§¿¡£¥¤ÄÅÆÇÉÑÖØÜ", {gsm7, 29, 1}},
    {"greek_capitals", "ΓΔΘΛΞΠΣΦΨΩ@_$", {gsm7, 13, 1}},
    {"lower_cedilla", "ç", {ucs2, 1, 1}},
    {"acute_a", "Núñez", {ucs2, 5, 1}},
    {"jose_is_gsm", "José", {gsm7, 4, 1}},
    {"backtick", "`", {ucs2, 1, 1}},
    {"tab", "a\tb", {ucs2, 3, 1}},
    {"delete_control", "\x7f", {ucs2, 1, 1}},
    {"no_break_space", "a\u00a0b", {ucs2, 3, 1}},
    {"typographic_apostrophe", "I’ll", {ucs2, 4, 1}},
    {"unicode_full", times("я", 70), {ucs2, 70, 1}},
    {"unicode_two", times("я", 71), {ucs2, 71, 2}},
    {"unicode_two_full", times("я", 134), {ucs2, 134, 2}},
    {"unicode_three", times("я", 135), {ucs2, 135, 3}},
    {"emoji_fills_one", "😜" + times("a", 68), {ucs2, 70, 1}},      // TwilioDevEd calculator, tests/index.test.js
    {"emoji_overflows_one", "😜" + times("a", 69), {ucs2, 71, 2}},  // the same
    {"emoji_not_split", times("я", 66) + "👍" + times("я", 66), {ucs2, 134, 3}},
    {"emoji_at_border", times("я", 65) + "👍" + times("я", 67), {ucs2, 134, 2}},
    {"one_late_emoji_turns_all", times("a", 150) + "👍", {ucs2, 152, 3}},
    {"extension_in_ucs2_is_one", "{я", {ucs2, 2, 1}},
    {"stray_byte", "a\xff", {ucs2, 2, 1}},
    {"nul", std::string("a\0b", 3), {ucs2, 3, 1}},
};

class SegmentsTable : public testing::TestWithParam<Row> {};
TEST_P(SegmentsTable, IsCounted) { EXPECT_EQ(count_segments(GetParam().text), GetParam().want); }
INSTANTIATE_TEST_SUITE_P(Rows, SegmentsTable, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

// Texts of random length from letters that take one and two units of each encoding.
std::string random_text(std::mt19937_64& random) {
    static const std::vector<std::string> letters[] = {{"a", "b", " ", "."}, {"a", "€", "{"}, {"я", "👍", "a"}};
    const auto& some = letters[random() % 3];
    std::string text;
    for (std::uint64_t left = random() % 500; left > 0; --left) text += some[random() % some.size()];
    return text;
}

TEST(SegmentsLaws, ATextNeverTakesFewerThanItsUnitsNeedNorOneMorePerBorderThanThat) {
    std::mt19937_64 random{8};
    for (int i = 0; i < 5'000; ++i) {
        const Segments counted = count_segments(random_text(random));
        const std::uint32_t alone = counted.encoding == gsm7 ? 160 : 70;
        const std::uint32_t part = counted.encoding == gsm7 ? 153 : 67;
        if (counted.units <= alone) {
            ASSERT_EQ(counted.segments, 1);
            continue;
        }
        ASSERT_GE(counted.segments, (counted.units + part - 1) / part);
        ASSERT_LE(counted.segments, (counted.units + part - 2) / (part - 1));  // each border wastes one unit at most
    }
}

TEST(SegmentsLaws, AddingACharacterNeverMakesATextSmaller) {
    std::mt19937_64 random{9};
    for (int i = 0; i < 5'000; ++i) {
        const std::string text = random_text(random);
        const Segments before = count_segments(text);
        const Segments after = count_segments(text + "b");
        ASSERT_EQ(after.units, before.units + 1);
        ASSERT_GE(after.segments, before.segments);
        ASSERT_EQ(after.encoding, before.encoding);
    }
}

TEST(SegmentsLaws, AnyBytesAreCounted) {
    std::mt19937_64 random{10};
    for (int i = 0; i < 5'000; ++i) {
        std::string bytes(random() % 300, '\0');
        for (char& c : bytes) c = static_cast<char>(random());
        const Segments counted = count_segments(bytes);
        ASSERT_LE(counted.units, 2 * bytes.size());
        ASSERT_GE(counted.segments, 1);
    }
}

}  // namespace
}  // namespace whistlestop
