#include "common/base/hex.hpp"

#include <gtest/gtest.h>

#include "common/base/hash.hpp"

namespace whistlestop {
namespace {

TEST(Hex, ReadsWhatIsWrittenInEitherCase) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    EXPECT_EQ(decode_hex(hex(bytes)), bytes);
    EXPECT_EQ(decode_hex("0aFf"), std::string("\x0a\xff"));
    EXPECT_EQ(decode_hex(""), "");
}

TEST(Hex, WhatIsNotPairsOfDigitsIsNothing) {
    for (const char* text : {"0", "000", "0g", "g0", "0 ", "-1", "0x", "\xff\xff"})
        EXPECT_FALSE(decode_hex(text)) << text;
}

}  // namespace
}  // namespace whistlestop
