#pragma once
// Store: where checkpoints go. The only door to RocksDB, and its fake for tests.
//
// A store is always behind the log and says by how much: its anchor, the log's own word for it, empty at first. Opening
// rolls the log forward from there. What a
// store loses in a crash is therefore never more than work: a write that was not flushed takes its anchor with it.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "common/log/log.hpp"

namespace whistlestop {

// The newest value of a row; none: it is gone.
struct StoreRow {
    std::string_view key;
    std::optional<std::string_view> value;
};

class Store {
public:
    virtual ~Store() = default;
    // Reads may come from another thread than the writes.
    [[nodiscard]] virtual bool get(std::string_view key, std::string& value) = 0;
    // Visits the rows of [from, to) in order of their keys until the visitor says false.
    using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
    virtual void scan(std::string_view from, std::string_view to, const Visitor& visit) = 0;
    // `rows` in order of their keys, no key twice. The anchor is never ahead of them, on disk neither.
    virtual void write(const std::vector<StoreRow>& rows, const Anchor& anchor) = 0;
    virtual void flush() = 0;
    [[nodiscard]] virtual Anchor anchor() = 0;
    [[nodiscard]] virtual Anchor anchor_on_disk() = 0;
};

// On disk. Keys that begin with a zero byte are the store's own. A failed write ends the process.
struct RocksOptions {
    std::size_t block_cache_bytes = std::size_t{128} << 20;
    std::size_t write_buffer_bytes = std::size_t{64} << 20;
};
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocks_store(const std::string& folder, const RocksOptions& options);

class MemoryStore final : public Store {
public:
    [[nodiscard]] bool get(std::string_view key, std::string& value) override;
    void scan(std::string_view from, std::string_view to, const Visitor& visit) override;
    void write(const std::vector<StoreRow>& rows, const Anchor& anchor) override;
    void flush() override {}
    [[nodiscard]] Anchor anchor() override { return anchor_; }
    [[nodiscard]] Anchor anchor_on_disk() override { return anchor_; }
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& rows() const { return rows_; }

private:
    std::map<std::string, std::string, std::less<>> rows_;
    Anchor anchor_;
};

}  // namespace whistlestop
