// The tidy rules over the whole tree. A failure names the file, the line and what to do instead.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "tests/tidy/layers.hpp"
#include "tests/tidy/rules.hpp"

namespace whistlestop::tidy {
namespace {

using Rule = std::function<std::vector<Complaint>(const Source&)>;

const std::vector<Source>& tree() {
    static const std::vector<Source> sources = read_tree(TIDY_ROOT);
    return sources;
}

void expect_no_complaint(const Rule& rule) {
    for (const Source& source : tree())
        for (const Complaint& complaint : rule(source))
            ADD_FAILURE() << fmt::format("{}:{}: {}", complaint.path, complaint.line, complaint.text);
}

Layers read_layers() {
    std::ifstream in{std::filesystem::path{TIDY_ROOT} / "tests/tidy/layers.txt"};
    return Layers::parse(std::string{std::istreambuf_iterator<char>{in}, {}});
}

TEST(Tree, IsThere) { ASSERT_GT(tree().size(), 10U); }

TEST(Tree, IncludesOnlyWhatTheLayersAllow) {
    const Layers layers = read_layers();
    expect_no_complaint([&](const Source& source) { return forbidden_includes(source, layers); });
}
TEST(Tree, UsesNothingBanned) { expect_no_complaint(banned_uses); }
TEST(Tree, OpensEveryHeaderWithWhatItIs) { expect_no_complaint(header_without_opening); }
TEST(Tree, KeepsLinesInTheColumns) { expect_no_complaint(long_lines); }
TEST(Tree, KeepsFilesShort) { expect_no_complaint(too_long); }
TEST(Tree, NamesFilesAlike) { expect_no_complaint(foreign_ending); }

}  // namespace
}  // namespace whistlestop::tidy
