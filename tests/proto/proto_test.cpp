// proto/ against its conventions and against proto/compatibility.lock.
//
// `proto_test --lock` appends to the lock what is new; it refuses while anything landed is missing.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/proto/schema.hpp"

namespace whistlestop::schema {
namespace {

using testing::IsEmpty;

Schema read_schema() {
    google::protobuf::FileDescriptorSet set;
    std::ifstream in{PROTO_DESCRIPTORS, std::ios::binary};
    if (!set.ParseFromIstream(&in)) ADD_FAILURE() << "cannot read " PROTO_DESCRIPTORS;
    return Schema{set};
}

Difference against_lock() {
    std::ifstream in{PROTO_LOCK, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    return compare(parse_lock(text), lock_lines(read_schema()));
}

TEST(Proto, IsThere) { EXPECT_GT(read_schema().files().size(), 5U); }

TEST(Proto, KeepsItsConventions) { EXPECT_THAT(lint(read_schema()), IsEmpty()); }

TEST(Proto, KeepsWhatWasLanded) {
    EXPECT_THAT(against_lock().gone, IsEmpty())
        << "Records, JSON documents and platforms depend on these. Within v1 nothing is renamed, renumbered, retyped "
           "or "
           "taken out: put it back, mark it [deprecated = true] if it is no longer used, and add the new thing beside "
           "it under a new name and number.";
}

TEST(Proto, IsLocked) {
    EXPECT_THAT(against_lock().added, IsEmpty()) << "New: `tests/proto/lock` adds it to the lock.";
}

}  // namespace

int append_to_lock() {
    const Difference difference = against_lock();
    for (const std::string& line : difference.gone) fmt::print(stderr, "gone or changed: {}\n", line);
    if (!difference.gone.empty()) return EXIT_FAILURE;
    std::ofstream out{PROTO_LOCK, std::ios::app};
    for (const std::string& line : difference.added) out << line << '\n';
    fmt::print("{} lines added to the lock\n", difference.added.size());
    return out.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace whistlestop::schema

int main(int argc, char** argv) {
    testing::InitGoogleMock(&argc, argv);
    if (argc == 2 && std::string_view{argv[1]} == "--lock") return whistlestop::schema::append_to_lock();
    return RUN_ALL_TESTS();
}
