#include "load-tests/simulator/record.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace simulator {

Record::Record(const std::string& path) {
    if (path.empty()) return;
    file_.reset(std::fopen(path.c_str(), "ae"));
    if (!file_) throw std::system_error{errno, std::generic_category(), "record " + path};
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
}

void Record::flush() {
    if (pending_.empty()) return;
    if (std::fwrite(pending_.data(), 1, pending_.size(), file_.get()) != pending_.size()) {
        fmt::print(stderr, "event=record_lost errno={}\n", errno);
        std::abort();
    }
    pending_.clear();
}

}  // namespace simulator
