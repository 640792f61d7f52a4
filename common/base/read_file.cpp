#include "common/base/read_file.hpp"

#include <array>
#include <fstream>

namespace whistlestop {

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::string whole;
    std::array<char, 65'536> part;
    while (in) {
        in.read(part.data(), part.size());
        whole.append(part.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (!in.eof()) return fail(Fault::not_found, "cannot read " + path.string());
    return whole;
}

}  // namespace whistlestop
