#pragma once
// Log: the contract between the runtime and where records live. One unit of commit, all or nothing: records, changed
// rows.
//
// What holds on every log, a file's or a broker's:
// - A commit is durable as a whole or not at all. What one thread submits becomes durable in that order.
// - A record is readable soon after its commit is durable, never before. Offsets of a partition rise and may leave
//   gaps, where nothing ever stands; a reader sees records in their order and none before all smaller ones.
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
    // Beside the row that says the same: its records come of what was read of `from` before `next`. For a log whose
    // partitions have owners, who prove by it that they still are.
    void consumed(TopicPartition from, std::uint64_t next) { consumed_.push_back({from, next}); }

    [[nodiscard]] bool empty() const { return records_.empty() && rows_.empty(); }
    [[nodiscard]] const std::string& records() const { return records_; }
    [[nodiscard]] const std::string& rows() const { return rows_; }
    struct Consumed {
        TopicPartition from;
        std::uint64_t next;
    };
    [[nodiscard]] const std::vector<Consumed>& consumed() const { return consumed_; }
    [[nodiscard]] std::size_t record_count() const { return record_count_; }
    [[nodiscard]] std::size_t row_count() const { return row_count_; }

private:
    std::string records_;
    std::string rows_;
    std::vector<Consumed> consumed_;
    std::size_t record_count_ = 0;
    std::size_t row_count_ = 0;
};

// A changed row as it stands in a frame; no value: the row is gone.
struct RowChange {
    std::string_view key;
    std::optional<std::string_view> value;
};
[[nodiscard]] std::optional<RowChange> take_row(std::string_view& rows);

// Where a state has to be rolled forward from; only the log that gave it can read it. Empty: from the very beginning.
using Anchor = std::string;

// What became of a commit. Valid during the call.
struct Receipt {
    // For a state that holds this commit: everything behind it is rolled forward, and perhaps some before it again.
    const Anchor& anchor;
    // The commit's own, as they were added, each with its offset: for take_record().
    std::string_view records;
};

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

    // `durable` runs on the log's own thread when the commit is. It must be short.
    using Durable = std::move_only_function<void(const Receipt&)>;
    virtual void submit(Commit commit, Durable durable) = 0;

    // Before the first read(): somebody is going to read the partition from there on. Others may from elsewhere.
    virtual void follow(TopicPartition partition, std::uint64_t from) = 0;

    // What can be read here and now: [begin, end).
    [[nodiscard]] virtual std::uint64_t begin(TopicPartition partition) const = 0;
    [[nodiscard]] virtual std::uint64_t end(TopicPartition partition) const = 0;
    // Behind everything that is durable by now, whoever wrote it: who follows the partition gets there without anybody
    // writing more. May have to ask elsewhere: for openings.
    [[nodiscard]] virtual std::uint64_t newest(TopicPartition partition) const = 0;

    // Appends to `into` the records from `offset` on, at most `records_max`. Returns where to read on, which is past
    // gaps as far as they are known: beyond `offset` wherever that is before end(), though there be no record. An
    // offset before begin() reads from begin(); one at or past end() reads nothing and stays.
    virtual std::uint64_t read(TopicPartition partition, std::uint64_t offset, std::size_t records_max,
                               Batch& into) = 0;

    // `published` runs on the log's thread whenever an end() has moved. One listener per call; never removed.
    virtual void listen(std::function<void()> published) = 0;
};

}  // namespace whistlestop
