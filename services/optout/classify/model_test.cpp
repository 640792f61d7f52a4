#include "services/optout/classify/model.hpp"

#include <gtest/gtest.h>

#include "common/base/hash.hpp"
#include "services/optout/classify/built_in_model.hpp"

namespace whistlestop::optout::classify {
namespace {

Fault fault_of(std::string_view bytes) {
    const auto parts = parse_model(bytes);
    EXPECT_FALSE(parts.has_value());
    return parts.has_value() ? Fault::not_found : parts.error().fault;
}

// The checksum of changed bytes, so that what was changed is found and not that something was.
std::string signed_again(std::string bytes) {
    bytes.resize(bytes.size() - 4);
    const std::uint32_t sum = crc32c(bytes);
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return bytes;
}

TEST(Model, TheBuiltInOneIsGood) {
    const auto parts = parse_model(built_in_model());
    ASSERT_TRUE(parts.has_value()) << parts.error().detail;
    EXPECT_FALSE(parts->version.empty());
}

TEST(Model, IsTheSameAfterWritingAndReading) {
    const auto parts = parse_model(built_in_model());
    ASSERT_TRUE(parts.has_value());
    EXPECT_EQ(serialise(*parts), built_in_model());
}

TEST(Model, AnEmptyFileIsRefused) { EXPECT_EQ(fault_of(""), Fault::corrupt); }

TEST(Model, AnotherFileIsRefused) { EXPECT_EQ(fault_of(std::string(1'000, 'x')), Fault::corrupt); }

TEST(Model, EveryCutIsRefused) {
    const std::string_view whole = built_in_model();
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
        EXPECT_EQ(fault_of(whole.substr(0, size)), Fault::corrupt) << size;
    }
}

TEST(Model, AChangedByteIsRefused) {
    std::string bytes{built_in_model()};
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    EXPECT_EQ(fault_of(bytes), Fault::corrupt);
}

TEST(Model, AnotherFormatIsRefusedByItsNumber) {
    std::string bytes{built_in_model()};
    bytes[8] = 77;
    const auto parts = parse_model(bytes);
    ASSERT_FALSE(parts.has_value());
    EXPECT_EQ(parts.error().fault, Fault::invalid);
    EXPECT_NE(parts.error().detail.find("format 77"), std::string::npos);
}

TEST(Model, OneThatWasTrainedWithOtherRulesIsRefused) {
    std::string bytes{built_in_model()};
    bytes[12] = static_cast<char>(bytes[12] ^ 1);
    EXPECT_EQ(fault_of(signed_again(bytes)), Fault::invalid);
}

TEST(Pool, OneRequestIsEnough) {
    const Answers no{-9, -9, -9, -9, -9};
    const Answers yes{9, -9, -9, -9, -9};
    const std::array sentences{no, yes, no};
    EXPECT_GT(pool(sentences)[0], 0.99F);
    EXPECT_LT(pool(sentences)[1], 0.01F);
}

TEST(Precedence, TheFirstQuestionAnsweredYesNamesTheMessage) {
    const auto p = by_precedence({0.9F, 0.9F, 0, 0, 0.9F});
    EXPECT_FLOAT_EQ(p[0], 0.9F);
    EXPECT_NEAR(p[1], 0.09F, 1e-6);
    float sum = 0;
    for (const float x : p) sum += x;
    EXPECT_NEAR(sum, 1, 1e-6);
}

}  // namespace
}  // namespace whistlestop::optout::classify
