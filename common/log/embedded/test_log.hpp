#pragma once
// For the tests of this folder: a folder that goes away, and writing that waits.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/check.hpp"
#include "common/log/embedded/embedded_log.hpp"

namespace whistlestop::embedded {

class TestFolder {
public:
    TestFolder() {
        std::string name = std::filesystem::temp_directory_path() / "whistlestop_log_XXXXXX";
        check(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    [[nodiscard]] EmbeddedLog::Options options() const {
        EmbeddedLog::Options options;
        options.folder = path_;
        return options;
    }
    // A segment for every frame: what a test does to a frame, it does to a file.
    [[nodiscard]] EmbeddedLog::Options frame_per_segment() const {
        EmbeddedLog::Options options = this->options();
        options.segment_bytes = 1;
        return options;
    }
    [[nodiscard]] std::vector<std::filesystem::path> segments() const { return *segment_paths(path_); }

private:
    std::filesystem::path path_;
};

inline std::unique_ptr<EmbeddedLog> open_or_abort(EmbeddedLog::Options options) {
    auto log = EmbeddedLog::open(std::move(options));
    check(log.has_value());
    return std::move(*log);
}

inline Commit commit_of(TopicPartition at, std::string_view value, WallMs time = WallMs{1}) {
    Commit commit;
    commit.add({at, 0, time, "key", "", value});
    commit.put_row("row", value);
    return commit;
}

// Returns when the commit is durable.
inline void write(Log& log, Commit commit) {
    std::promise<void> durable;
    log.submit(std::move(commit), [&](const Receipt&) { durable.set_value(); });
    durable.get_future().wait();
}

inline std::vector<std::string> values(Log& log, TopicPartition at, std::uint64_t from = 0) {
    Batch batch;
    log.follow(at, from);
    log.read(at, from, static_cast<std::size_t>(-1), batch);
    std::vector<std::string> out;
    out.reserve(batch.records.size());
    for (const Record& record : batch.records) out.emplace_back(record.value);
    return out;
}

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline void replace(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

}  // namespace whistlestop::embedded
