#pragma once
// Files: whole ones, in and out, for the tools of this folder.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "common/base/result.hpp"

namespace whistlestop::optout::classify {

[[nodiscard]] inline Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) return fail(Fault::not_found, "cannot read " + path.string());
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

[[nodiscard]] inline Result<void> write_file(const std::filesystem::path& path, const std::string& content) {
    std::ofstream out{path, std::ios::binary};
    out << content;
    out.flush();
    if (!out) return fail(Fault::unavailable, "cannot write " + path.string());
    return {};
}

}  // namespace whistlestop::optout::classify
