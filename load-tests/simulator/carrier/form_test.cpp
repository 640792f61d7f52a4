#include "load-tests/simulator/carrier/form.hpp"

#include <gtest/gtest.h>

namespace simulator::carrier {
namespace {

TEST(Form, ReadsWhatBrowsersAndClientsWrite) {
    const Fields fields =
        parse_form("To=%2B15551&Body=a+b%26c%3D%c3%a9&Empty=&Alone&&DateSent>=2026-01-01&DateSent%3E=x");
    const Fields want{{"To", "+15551"}, {"Body", "a b&c=é"},         {"Empty", ""},
                      {"Alone", ""},    {"DateSent>", "2026-01-01"}, {"DateSent>", "x"}};
    EXPECT_EQ(fields, want);
}

TEST(Form, APercentWithoutTwoDigitsStandsForItself) {
    EXPECT_EQ(parse_form("a=100%&b=%zz&c=%4"), (Fields{{"a", "100%"}, {"b", "%zz"}, {"c", "%4"}}));
}

TEST(Form, EveryByteSurvivesTheWayThereAndBack) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    const Fields fields{{bytes, bytes}, {"b", ""}};
    EXPECT_EQ(parse_form(encode_form(fields)), fields);
}

}  // namespace
}  // namespace simulator::carrier
