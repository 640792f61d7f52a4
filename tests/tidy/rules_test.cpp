#include "tests/tidy/rules.hpp"

#include <gtest/gtest.h>

namespace whistlestop::tidy {
namespace {

bool complains(std::string path, std::string text) {
    return !banned_uses(make_source(std::move(path), std::move(text))).empty();
}

TEST(Code, BlanksCommentsAndLiteralsAndKeepsLines) {
    EXPECT_EQ(code_only("a; // b\nc;"), "a;     \nc;");
    EXPECT_EQ(code_only("a /* b\n c */ d"), "a     \n      d");
    EXPECT_EQ(code_only(R"(f("a\"b", 'c');)"), R"(f("    ", ' ');)");
    EXPECT_EQ(code_only("R\"x(a)\"b)x\";"), "           ;");
    EXPECT_EQ(code_only("1'000; '\\''"), "1'000; '  '");
    EXPECT_EQ(code_only("\"unfinished\nnext"), "\"          \nnext");
}

void expect_spared(const Ban& ban, const std::string& line) {
    for (const std::string_view folder : ban.allowed) {
        const auto path = folder.ends_with("pp") ? std::string{folder} : std::string{folder} + "/x.cpp";
        EXPECT_FALSE(complains(path, line)) << line << " in " << path;
    }
}

TEST(Bans, EachBitesAndSparesItsOwnFolders) {
    for (const Ban& ban : bans()) {
        for (const std::string_view use : ban.uses) {
            const std::string line = "x = " + std::string{use} + ";\n";
            EXPECT_TRUE(complains("services/dispatch/text/x.cpp", line)) << use;
            expect_spared(ban, line);
        }
    }
}

TEST(Bans, OfCodeSpareCommentsAndStrings) {
    EXPECT_FALSE(complains("common/obs/x.cpp", "// never std::cout\nlog(\"std::cout\");\n"));
}

TEST(Bans, OfTextReachComments) {
    EXPECT_TRUE(complains("common/obs/x.cpp", "// TODO later\n"));
    EXPECT_TRUE(complains("README.md", "see /home/me/x\n"));
}

TEST(Bans, MatchWholeWords) {
    EXPECT_FALSE(
        complains("common/obs/x.cpp", "snprintf(buffer, 1, \"\"); semi_detached = wall_time(0); detached_at();\n"));
    EXPECT_TRUE(complains("common/obs/x.cpp", "std::printf(\"\");\n"));
}

TEST(Bans, NameTheReplacement) {
    const auto complaints = banned_uses(make_source("services/a/x.cpp", "int a;\nstd::thread{f}.detach();\n"));
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].line, 2U);
    EXPECT_EQ(complaints[0].text, "not detach(): an owner that stops and joins it");
}

TEST(Shape, AHeaderOpensWithPragmaOnceAndAComment) {
    EXPECT_TRUE(header_without_opening(make_source("a/x.hpp", "#pragma once\n// X: what it is.\n")).empty());
    EXPECT_FALSE(header_without_opening(make_source("a/x.hpp", "#pragma once\n#include <vector>\n")).empty());
    EXPECT_FALSE(header_without_opening(make_source("a/x.hpp", "// X.\n#pragma once\n")).empty());
    EXPECT_TRUE(header_without_opening(make_source("a/x.cpp", "int x;\n")).empty());
}

TEST(Shape, ColumnsAreCharacters) {
    std::string umlauts;
    for (int i = 0; i < 120; ++i) umlauts += "ü";
    EXPECT_TRUE(long_lines(make_source("a/x.cpp", umlauts)).empty());
    EXPECT_FALSE(long_lines(make_source("a/x.cpp", umlauts + "u")).empty());
    EXPECT_TRUE(long_lines(make_source("a/table.md", umlauts + "u")).empty());
}

TEST(Shape, AFileEndsBeforeTheLimit) {
    std::string text;
    for (std::size_t i = 0; i < lines_max; ++i) text += "\n";
    EXPECT_TRUE(too_long(make_source("a/x.cpp", text)).empty());
    EXPECT_FALSE(too_long(make_source("a/x.cpp", text + "\n")).empty());
    EXPECT_FALSE(too_long(make_source("a/run", "#!/bin/bash\n" + text)).empty());
    EXPECT_TRUE(too_long(make_source("a/corpus.jsonl", text + "\n")).empty());
}

TEST(Shape, CppFilesEndAlike) {
    EXPECT_FALSE(foreign_ending(make_source("a/x.h", "")).empty());
    EXPECT_TRUE(foreign_ending(make_source("a/x.hpp", "")).empty());
}

}  // namespace
}  // namespace whistlestop::tidy
