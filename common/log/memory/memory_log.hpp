#pragma once
// MemoryLog: the contract of Log without a disk, a step at a time, for tests.
//
// Nothing submitted is durable before sync(): a test decides what a crash takes away. What is durable outlives the
// workers that wrote it, as a file would.

#include <map>
#include <set>

#include "common/log/log.hpp"

namespace whistlestop {

class MemoryLog final : public Log {
public:
    // What a broker does and a file does not.
    struct Options {
        // late: by later calls of sync(), gaps last, and to those who follow alone.
        enum class Publish : std::uint8_t { at_once, late };
        std::uint64_t gap = 0;  // offsets without a record, behind all that a commit puts into a partition
        Publish publish = Publish::at_once;
    };
    MemoryLog() = default;
    explicit MemoryLog(Options options) : options_{options} {}

    void submit(Commit commit, Durable durable) override;
    void follow(TopicPartition partition, std::uint64_t from) override;
    [[nodiscard]] std::uint64_t begin(TopicPartition partition) const override;
    [[nodiscard]] std::uint64_t end(TopicPartition partition) const override;
    [[nodiscard]] std::uint64_t newest(TopicPartition partition) const override;
    std::uint64_t read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) override;
    void listen(std::function<void()> published) override;

    // Makes the oldest `commits` that wait durable, having made readable what was late. Returns how much it did: 0 when
    // everything is durable and readable.
    std::size_t sync(std::size_t commits = static_cast<std::size_t>(-1));
    // What waits is gone, and with it everybody who listens.
    void crash();
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    // Every row change from `anchor` on, in order.
    void replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) const;
    // What durable commits have said last of that input; 0 if nothing.
    [[nodiscard]] std::uint64_t consumed(TopicPartition from) const;

private:
    struct Waiting {
        Commit commit;
        Durable durable;
    };
    struct Partition {
        std::map<std::uint64_t, std::shared_ptr<const std::string>> records;  // by offset
        std::uint64_t newest = 0;                                             // behind all that is durable
        std::uint64_t end = 0;                                                // behind all that is readable
    };
    [[nodiscard]] const Partition* readable(TopicPartition partition) const;
    void make_durable(Waiting next);
    std::size_t publish();

    Options options_;
    std::vector<Waiting> waiting_;
    std::vector<std::string> rows_;  // by commit; an anchor counts them
    std::map<TopicPartition, Partition> partitions_;
    std::map<TopicPartition, std::uint64_t> consumed_;
    std::set<TopicPartition> followed_;
    std::vector<std::function<void()>> listeners_;
};

}  // namespace whistlestop
