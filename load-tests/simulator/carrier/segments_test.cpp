#include "load-tests/simulator/carrier/segments.hpp"

#include <gtest/gtest.h>

#include <string>

namespace simulator::carrier {
namespace {

std::string times(std::size_t count, std::string_view text) {
    std::string out;
    while (count-- > 0) out += text;
    return out;
}

struct Row {
    std::string text;
    unsigned segments;
};

TEST(Segments, AreCountedAsCarriersDo) {
    const Row rows[] = {
        {"", 1},
        {times(160, "a"), 1},
        {times(161, "a"), 2},
        {times(306, "a"), 2},
        {times(307, "a"), 3},
        {times(80, "€"), 1},  // 160 septets
        {times(80, "€") + "a", 2},
        {times(152, "a") + "€" + times(152, "a"), 3},  // 306 septets, but the pair may not be cut
        {times(70, "ж"), 1},
        {times(71, "ж"), 2},
        {times(134, "ж"), 2},
        {times(66, "ж") + "👍" + times(66, "ж"), 3},  // 134 units, but the pair may not be cut
        {times(35, "👍"), 1},
        {times(36, "👍"), 2},
        {times(70, "a") + "`", 2},  // one character outside GSM-7 makes all of it UCS-2
        {times(160, "Ç"), 1},
        {times(71, "ç"), 2},
        {times(159, "à") + "\n", 1},
        {times(71, "á"), 2},
        {times(71, "\t"), 2},
        {times(160, "Δ"), 1},
        {"\xff" + times(70, "a"), 2},
    };
    for (const Row& row : rows) EXPECT_EQ(segments_of(row.text), row.segments) << row.text;
}

TEST(Segments, EveryCharacterOfTheTablesHasItsSize) {
    const std::string_view basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        "abcdefghijklmnopqrstuvwxyzäöñüà";
    EXPECT_EQ(segments_of(std::string{basic} + times(160 - 127, "a")), 1U);  // 127 characters: 128 less the escape
    EXPECT_EQ(segments_of(std::string{basic} + times(161 - 127, "a")), 2U);
    EXPECT_EQ(segments_of("^{}\\[~]|\f€" + times(140, "a")), 1U);
    EXPECT_EQ(segments_of("^{}\\[~]|\f€" + times(141, "a")), 2U);
}

}  // namespace
}  // namespace simulator::carrier
