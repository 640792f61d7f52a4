#pragma once
// A whole file in memory: for configurations and models, which are small and read once.

#include <filesystem>
#include <string>

#include "common/base/result.hpp"

namespace whistlestop {

// Fault::not_found: it is missing, a folder, or cannot be read to its end; the detail names it.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace whistlestop
