#pragma once
// Log: the contract between the runtime and where records live. One unit of commit, all or nothing: records, changed
// rows.
//
// What holds on every log:
// - A commit is durable as a whole or not at all; commits become durable in the order of their submission.
// - Its records are readable only when it is durable; offsets of a partition have no gaps and a reader never sees one
//   before all smaller ones.
// - Rows are absolute (a whole row or its absence), so replaying any stretch twice changes nothing. Input positions are
//   rows like any other: position and state cannot disagree.
// - A failure to write ends the process: what is durable then is what the next opening finds.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/log/record.hpp"

namespace whistlestop {

// Encoded as it is filled, so that handing it over copies nothing.
class Commit {
public:
    void add(const Record& record) {
        encode_record(records_, record);
        ++record_count_;
    }
    void put_row(std::string_view key, std::string_view value);
    void erase_row(std::string_view key);

    [[nodiscard]] bool empty() const { return records_.empty() && rows_.empty(); }
    [[nodiscard]] const std::string& records() const { return records_; }
    [[nodiscard]] const std::string& rows() const { return rows_; }
    [[nodiscard]] std::size_t record_count() const { return record_count_; }
    [[nodiscard]] std::size_t row_count() const { return row_count_; }

private:
    std::string records_;
    std::string rows_;
    std::size_t record_count_ = 0;
    std::size_t row_count_ = 0;
};

// A changed row as it stands in a frame; no value: the row is gone.
struct RowChange {
    std::string_view key;
    std::optional<std::string_view> value;
};
[[nodiscard]] std::optional<RowChange> take_row(std::string_view& rows);

// Counts frames, from 1, for the life of a folder. "Up to and with" in every use.
using FrameNumber = std::uint64_t;

// Records of one partition and what keeps them in memory.
struct Batch {
    std::vector<Record> records;
    std::vector<std::shared_ptr<const std::string>> frames;
    void clear() {
        records.clear();
        frames.clear();
    }
};

class Log {
public:
    virtual ~Log() = default;

    // `durable` runs on the log's own thread, in order of submission, with the frame that holds the commit; what it
    // published is readable before. It must be short.
    using Durable = std::move_only_function<void(FrameNumber)>;
    virtual void submit(Commit commit, Durable durable) = 0;

    // The offsets that can be read: [begin, end).
    [[nodiscard]] virtual std::uint64_t begin(TopicPartition partition) const = 0;
    [[nodiscard]] virtual std::uint64_t end(TopicPartition partition) const = 0;

    // Appends to `into` the records from `offset` on, at most `records_max`. An offset before begin() reads from
    // begin(); one at or past end() reads nothing.
    virtual void read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) = 0;

    // `published` runs on the log's thread whenever records became readable. One listener per call; never removed.
    virtual void listen(std::function<void()> published) = 0;
};

}  // namespace whistlestop
