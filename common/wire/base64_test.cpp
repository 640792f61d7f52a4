#include "common/wire/base64.hpp"

#include <gtest/gtest.h>

namespace whistlestop {
namespace {

std::string encoded(std::string_view bytes) {
    std::string out;
    append_base64(out, bytes);
    return out;
}

TEST(Base64, GivesTheVectorsOfTheStandard) {
    // RFC 4648, section 10.
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [bytes, text] : rows) {
        EXPECT_EQ(encoded(bytes), text);
        EXPECT_EQ(decode_base64(text), bytes);
    }
}

TEST(Base64, GivesBackEveryByte) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes.push_back(static_cast<char>(i));
        ASSERT_EQ(decode_base64(encoded(bytes)), bytes);
    }
}

TEST(Base64, RefusesWhatIsNotCanonical) {
    for (const std::string_view text :
         {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Z===", "Zm 9", "Zm9-", "=Zm9"})
        EXPECT_FALSE(decode_base64(text)) << text;
}

}  // namespace
}  // namespace whistlestop
