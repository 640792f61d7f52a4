// Yardsticks: what this machine does right now, so that a figure taken in the same run can be a ratio.
//
// `calibration`: millions of xorshift steps a second on one core. `storage`: a fixed mix of what a durable gateway asks
// of a disk and of RocksDB, in rounds of one frame of 50 texts (10 records of 220 bytes and 14 rows of 200 bytes each):
// append, fdatasync, and every 50 rounds a batch of the rows without RocksDB's own log; texts a second.

#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point began) { return std::chrono::duration<double>(Steady::now() - began).count(); }

double calibration(double seconds) {
    std::uint64_t x = 88172645463325252ULL;
    std::uint64_t steps = 0;
    const auto began = Steady::now();
    while (seconds_since(began) < seconds) {
        for (int i = 0; i < 1'000'000; ++i) {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
        }
        steps += 1'000'000;
    }
    volatile std::uint64_t keep = x;
    static_cast<void>(keep);
    return static_cast<double>(steps) / seconds_since(began) / 1e6;
}

double storage(const std::filesystem::path& folder, double seconds) {
    constexpr std::size_t texts_per_frame = 50;
    std::filesystem::create_directories(folder);
    const int file = open((folder / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    if (file < 0 || !rocksdb::DB::Open(options, (folder / "rows").string(), &opened).ok()) return 0;
    const std::unique_ptr<rocksdb::DB> database{opened};
    rocksdb::WriteOptions writes;
    writes.disableWAL = true;
    const std::string frame(texts_per_frame * (10 * 220 + 14 * 200), 'x');
    const std::string row(200, 'r');
    std::uint64_t rounds = 0;
    const auto began = Steady::now();
    while (seconds_since(began) < seconds) {
        if (write(file, frame.data(), frame.size()) != static_cast<ssize_t>(frame.size()) || fdatasync(file) != 0)
            return 0;
        if (++rounds % 50 != 0) continue;
        rocksdb::WriteBatch batch;
        // Of 14 changes of a text some four rows are left when a checkpoint comes.
        for (std::size_t i = 0; i < 50 * texts_per_frame * 4; ++i)
            batch.Put(fmt::format("{:08}-{:03}", (rounds * 7919 + i) % 400'000, i % 4), row);
        if (!database->Write(writes, &batch).ok()) return 0;
    }
    const double texts = static_cast<double>(rounds * texts_per_frame) / seconds_since(began);
    close(file);
    return texts;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: whistlestop-yardstick FOLDER SECONDS\n");
        return 2;
    }
    const double seconds = std::stod(argv[2]);
    const std::filesystem::path folder = std::filesystem::path{argv[1]} / "yardstick";
    const double calibrated = calibration(seconds);
    const double stored = storage(folder, seconds);
    std::filesystem::remove_all(folder);
    fmt::print("{{\"calibration\": {:.1f}, \"storage\": {:.0f}}}\n", calibrated, stored);
}
