#include "tests/tidy/layers.hpp"

#include <gtest/gtest.h>

namespace whistlestop::tidy {
namespace {

const Layers layers = Layers::parse(R"(
# a comment
common/base          fmt posix
common/domain        pure common/base     # and a remark
common/log           common/base
common/log/embedded  common/log
door = common/domain
services/text        door
                     boost/json
load-tests           *
load-tests/simulator boost
)");

struct Row {
    std::string_view path;
    std::string_view header;
    bool allowed;
};

TEST(Layers, AnswerEveryRow) {
    const Row rows[] = {
        {"common/base/check.hpp", "vector", true},
        {"common/base/check.hpp", "fmt/core.h", true},
        {"common/base/check.hpp", "fmtlib/core.h", false},         // a folder, not a beginning of one
        {"common/base/check.hpp", "common/base/bytes.hpp", true},  // itself
        {"common/base/check.hpp", "common/domain/phone.hpp", false},
        {"common/base/clock.cpp", "time.h", true},
        {"common/base/clock.cpp", "sys/stat.h", true},
        {"common/base/clock.cpp", "sodium.h", false},
        {"common/domain/phone.cpp", "unistd.h", false},
        {"common/domain/phone.cpp", "common/base/check.hpp", true},
        {"common/domain/phone.cpp", "chrono", true},
        {"common/domain/phone.cpp", "fstream", false},      // pure
        {"common/domain/phone_test.cpp", "fstream", true},  // its test need not be
        {"common/domain/phone_test.cpp", "gtest/gtest.h", true},
        {"common/domain/phone.cpp", "gtest/gtest.h", false},
        {"common/domain/phone_test.cpp", "common/testing/clock.hpp", true},
        {"common/domain/phone_test.cpp", "whistlestop/v1/states.pb.h", true},
        {"common/domain/test_phones.hpp", "gtest/gtest.h", true},
        {"common/domain/phone.cpp", "common/testing/clock.hpp", false},
        {"common/log/embedded/frame.cpp", "common/log/log.hpp", true},
        {"common/log/embedded/frame.cpp", "common/base/check.hpp", false},  // the longest line decides alone
        {"common/log/log.cpp", "common/log/embedded/frame.hpp", true},
        {"services/text/stage.cpp", "common/domain/phone.hpp", true},
        {"services/text/stage.cpp", "boost/json.hpp", true},
        {"services/text/stage.cpp", "boost/asio.hpp", false},
        {"services/text/stage.cpp", "boost/json/parse.hpp", true},
        {"services/text/stage.cpp", "services/lane/stage.hpp", false},
        {"services/new/stage.cpp", "vector", false},  // no line yet
        {"load-tests/bench.cpp", "services/text/stage.hpp", true},
        {"load-tests/simulator/main.cpp", "boost/asio/ip/tcp.hpp", true},
        {"load-tests/simulator/main.cpp", "common/base/check.hpp", false},
    };
    for (const Row& row : rows)
        EXPECT_EQ(!layers.objection(row.path, row.header), row.allowed) << row.path << " includes " << row.header;
}

TEST(Layers, PointAtTheLine) {
    const auto complaints = forbidden_includes(
        make_source("common/domain/x.cpp", "#include <vector>\n\n#include \"common/log/log.hpp\"\n"), layers);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].line, 3U);
}

TEST(Layers, AskForALineOncePerFile) {
    const auto complaints =
        forbidden_includes(make_source("common/new/x.cpp", "#include <vector>\n#include <string>\n"), layers);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].line, 0U);
}

TEST(Layers, IgnoreIncludesInCommentsAndStrings) {
    const auto source = make_source("common/domain/x.cpp",
                                    "// #include <a/b.h>\nauto s = R\"(\n#include <a/b.h>\n)\";\n"
                                    "/*\n#include <a/b.h>\n*/\n");
    EXPECT_TRUE(forbidden_includes(source, layers).empty());
}

}  // namespace
}  // namespace whistlestop::tidy
