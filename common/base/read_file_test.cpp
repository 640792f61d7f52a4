#include "common/base/read_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace whistlestop {
namespace {

TEST(ReadFile, GivesEveryByteOfAFile) {
    const auto path = std::filesystem::temp_directory_path() / fmt::format("read-file-{}", ::getpid());
    for (const std::size_t size : {0, 1, 65'535, 65'536, 65'537, 200'000}) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 >> 3);
        std::ofstream{path, std::ios::binary} << bytes;
        EXPECT_EQ(read_file(path), bytes) << size;
    }
    std::filesystem::remove(path);
}

TEST(ReadFile, NamesWhatItCannotRead) {
    for (const char* path : {"no/such/file", "/"}) {
        const auto read = read_file(path);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().fault, Fault::not_found);
        EXPECT_EQ(read.error().detail, std::string{"cannot read "} + path);
    }
}

}  // namespace
}  // namespace whistlestop
