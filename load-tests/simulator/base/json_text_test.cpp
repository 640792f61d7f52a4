#include "load-tests/simulator/base/json_text.hpp"

#include <gtest/gtest.h>

#include "load-tests/simulator/base/utf8.hpp"

namespace simulator {
namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_quoted(out, text);
    return out;
}

TEST(JsonText, EscapesWhatJsonForbids) {
    EXPECT_EQ(quoted("a\"b\\c\n"), R"("a\"b\\c\u000a")");
    EXPECT_EQ(quoted("Sí 👍"), "\"Sí 👍\"");
}

TEST(JsonText, BytesThatAreNotUtf8BecomeTheReplacementCharacter) {
    EXPECT_EQ(quoted("a\xff"
                     "b"),
              "\"a\xef\xbf\xbd"
              "b\"");
    EXPECT_EQ(quoted("\xe2\x82"), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(JsonText, AnObjectIsCommaSeparated) {
    std::string out;
    ObjectText{out}.text("a", "x").number("b", -3).boolean("c", true).null("d").text_or_null("e", "").close();
    EXPECT_EQ(out, R"({"a":"x","b":-3,"c":true,"d":null,"e":null})");
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsPastTheEnd) {
    for (const std::string_view bad :
         {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xf0\x9f"}) {
        EXPECT_FALSE(is_utf8(bad));
    }
    EXPECT_TRUE(is_utf8("é€👍\xf4\x8f\xbf\xbf"));
}

}  // namespace
}  // namespace simulator
