#include "tests/flow/disk_ground.hpp"

#include <fmt/format.h>

#include <fstream>
#include <utility>

#include "common/base/check.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::flow {
namespace {

constexpr std::uint64_t segment_bytes = 64U << 10;  // so that there are several

std::string line_of(const Record& record) {
    std::string bytes;
    encode_record(bytes, record);
    return hex(bytes);
}

template <class Opened>
Opened must(Result<Opened> opened) {
    if (!opened) fmt::print(stderr, "{}\n", opened.error().detail);
    check(opened.has_value());
    return *std::move(opened);
}

}  // namespace

std::unique_ptr<EmbeddedLog> open_log(const DataFolder& folder) {
    EmbeddedLog::Options options;
    options.folder = folder.log();
    options.segment_bytes = segment_bytes;
    return must(EmbeddedLog::open(std::move(options)));
}

std::set<std::string> acknowledged_records(const DataFolder& folder) {
    std::set<std::string> lines;
    std::ifstream in{folder.acknowledged()};
    for (std::string line; std::getline(in, line) && !in.eof();) lines.insert(line);  // the last may be torn
    return lines;
}

std::set<std::string> readable_records(const DataFolder& folder) {
    std::set<std::string> lines;
    const auto log = open_log(folder);
    for (const TopicSpec& topic : all_topics())
        for (std::uint16_t partition = 0; partition < topic.partitions; ++partition) {
            Batch batch;
            log->read({topic.topic, partition}, 0, static_cast<std::size_t>(-1), batch);
            for (const Record& record : batch.records) lines.insert(line_of(record));
        }
    return lines;
}

class DiskGround::Noting final : public Log {
public:
    Noting(Log& log, const std::filesystem::path& file) : log_{log}, acknowledged_{file, std::ios::app} {}

    void submit(Commit commit, Durable durable) override {
        {
            const std::scoped_lock lock{mutex_};
            ++open_;
        }
        log_.submit(std::move(commit), [this, durable = std::move(durable)](const Receipt& receipt) mutable {
            durable(receipt);
            std::string_view records = receipt.records;
            while (const auto record = take_record(records)) acknowledged_ << line_of(*record) + '\n';
            acknowledged_.flush();
            const std::scoped_lock lock{mutex_};
            if (--open_ == 0) all_durable_.notify_all();
        });
    }

    void wait_for_all() {
        std::unique_lock lock{mutex_};
        all_durable_.wait(lock, [this] { return open_ == 0; });
    }

    void follow(TopicPartition partition, std::uint64_t from) override { log_.follow(partition, from); }
    [[nodiscard]] std::uint64_t begin(TopicPartition partition) const override { return log_.begin(partition); }
    [[nodiscard]] std::uint64_t end(TopicPartition partition) const override { return log_.end(partition); }
    [[nodiscard]] std::uint64_t newest(TopicPartition partition) const override { return log_.newest(partition); }
    std::uint64_t read(TopicPartition partition, std::uint64_t offset, std::size_t most, Batch& into) override {
        return log_.read(partition, offset, most, into);
    }
    void listen(std::function<void()> published) override { log_.listen(std::move(published)); }

private:
    Log& log_;
    std::ofstream acknowledged_;  // the log's thread alone
    std::mutex mutex_;
    std::condition_variable all_durable_;
    std::size_t open_ = 0;
};

DiskGround::DiskGround(const DataFolder& folder, std::uint64_t first_boot)
    : files_{open_log(folder)},
      log_{std::make_unique<Noting>(*files_, folder.acknowledged())},
      store_{must(open_rocks_store(folder.store(), {}))} {
    boot = first_boot;
}

DiskGround::~DiskGround() = default;

Log& DiskGround::log() { return *log_; }

// The next cycle sees what became of it, so there is nothing more to do here.
bool DiskGround::sync() {
    log_->wait_for_all();
    return false;
}

void DiskGround::crash() { check(false); }

void DiskGround::replay(const std::function<void(const RowChange&)>& apply) {
    const auto replayed = files_->replay(store_->anchor(), apply);
    if (!replayed) fmt::print(stderr, "{}\n", replayed.error().detail);
    check(replayed.has_value());
}

}  // namespace whistlestop::flow
