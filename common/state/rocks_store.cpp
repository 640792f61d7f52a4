#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <cstdlib>

#include "common/state/store.hpp"

namespace whistlestop {
namespace {

using rocksdb::Slice;

constexpr std::string_view anchor_key{"\0anchor", 7};
// Rows of one write are cut into batches of this size, the anchor with the last: a batch is copied into the memtable
// whole.
constexpr std::size_t batch_bytes = std::size_t{4} << 20;

Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(const Slice& text) { return {text.data(), text.size()}; }

// Nothing acknowledged lives here alone, so the next opening is the repair.
void must(const rocksdb::Status& status) {
    if (status.ok()) return;
    fmt::print(stderr, "event=store_failed cause=\"{}\"\n", status.ToString());
    std::_Exit(EXIT_FAILURE);
}

rocksdb::Options tuned(const RocksOptions& options) {
    rocksdb::BlockBasedTableOptions table;
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    table.cache_index_and_filter_blocks = false;  // whole filters in the cache: 2,400 times slower when they miss
    rocksdb::Options tuned;
    tuned.create_if_missing = true;
    tuned.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    tuned.write_buffer_size = options.write_buffer_bytes;
    // Most rows asked for here are not here: a text that is new, a contact who never wrote. Without a filter each such
    // question walks the memtable's skip list, a cold cache line a step.
    tuned.memtable_prefix_bloom_size_ratio = 0.05;
    tuned.memtable_whole_key_filtering = true;
    // Rows that nobody touches (who opted out long ago) lie still: small files in small upper levels, so that what is
    // new is merged with few of them. Half the processor time of compaction, measured under load.
    tuned.target_file_size_base = std::size_t{16} << 20;
    tuned.max_bytes_for_level_base = std::size_t{64} << 20;
    tuned.max_background_jobs = 2;
    tuned.compression = rocksdb::kLZ4Compression;
    tuned.keep_log_file_num = 4;
    return tuned;
}

class RocksStore final : public Store {
public:
    explicit RocksStore(rocksdb::DB* database) : database_{database} { writes_.disableWAL = true; }

    bool get(std::string_view key, std::string& value) override {
        rocksdb::SetPerfLevel(rocksdb::kDisable);  // of this thread: counting comparisons costs as much as they do
        const rocksdb::Status status = database_->Get({}, slice(key), &value);
        if (status.IsNotFound()) return false;
        must(status);
        return true;
    }

    void scan(std::string_view from, std::string_view to, const Visitor& visit) override {
        rocksdb::ReadOptions reads;
        const Slice bound = slice(to);
        reads.iterate_upper_bound = &bound;
        const std::unique_ptr<rocksdb::Iterator> row{database_->NewIterator(reads)};
        for (row->Seek(slice(from)); row->Valid(); row->Next())
            if (!visit(view(row->key()), view(row->value()))) return;
        must(row->status());
    }

    void write(const std::vector<StoreRow>& rows, const Anchor& anchor) override {
        rocksdb::WriteBatch batch;
        for (const StoreRow& row : rows) {
            must(row.value ? batch.Put(slice(row.key), slice(*row.value)) : batch.Delete(slice(row.key)));
            if (batch.GetDataSize() < batch_bytes) continue;
            must(database_->Write(writes_, &batch));
            batch.Clear();
        }
        must(batch.Put(slice(anchor_key), slice(anchor)));
        must(database_->Write(writes_, &batch));
    }

    void flush() override { must(database_->Flush({})); }

    Anchor anchor() override { return read_anchor(rocksdb::kReadAllTier); }
    Anchor anchor_on_disk() override { return read_anchor(rocksdb::kPersistedTier); }

private:
    Anchor read_anchor(rocksdb::ReadTier tier) {
        rocksdb::ReadOptions reads;
        reads.read_tier = tier;
        Anchor anchor;
        const rocksdb::Status status = database_->Get(reads, slice(anchor_key), &anchor);
        if (status.IsNotFound()) return {};
        must(status);
        return anchor;
    }

    std::unique_ptr<rocksdb::DB> database_;
    rocksdb::WriteOptions writes_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_rocks_store(const std::string& folder, const RocksOptions& options) {
    rocksdb::DB* database = nullptr;
    const rocksdb::Status status = rocksdb::DB::Open(tuned(options), folder, &database);
    if (!status.ok()) {
        const Fault fault = status.IsCorruption() ? Fault::corrupt : Fault::unavailable;
        return fail(fault, fmt::format("cannot open the store in {}: {}", folder, status.ToString()));
    }
    return std::make_unique<RocksStore>(database);
}

}  // namespace whistlestop
