#include "common/domain/twilio_sid.hpp"

#include <gtest/gtest.h>

#include <string>

namespace whistlestop::twilio {
namespace {

TEST(TwilioSid, AMessageIsSmOrMmAnd32HexadecimalDigitsOfEitherCase) {
    for (const char* good : {"SMe287d7109a5a925f182f0e07fe5b223b", "MM0123456789abcdefABCDEF0123456789"})
        EXPECT_TRUE(is_message_sid(good)) << good;
    for (const char* bad : {"", "SM", "SM1", "SMe287d7109a5a925f182f0e07fe5b223", "SMe287d7109a5a925f182f0e07fe5b223b0",
                            "SMe287d7109a5a925f182f0e07fe5b223bNumMedia0", "ACe287d7109a5a925f182f0e07fe5b223b",
                            "sme287d7109a5a925f182f0e07fe5b223b", "e287d7109a5a925f182f0e07fe5b223b00"})
        EXPECT_FALSE(is_message_sid(bad)) << bad;
    for (const char edge : {'/', ':', '@', 'G', '`', 'g'}) {
        std::string sid = "SMe287d7109a5a925f182f0e07fe5b223b";
        sid.back() = edge;
        EXPECT_FALSE(is_message_sid(sid)) << edge;
    }
}

}  // namespace
}  // namespace whistlestop::twilio
