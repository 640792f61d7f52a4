#pragma once
// MemoryLog: the contract of Log without a disk, a step at a time, for tests.
//
// Nothing submitted is durable before sync(): a test decides what a crash takes away. What is durable outlives the
// workers that wrote it, as a file would.

#include <map>

#include "common/log/log.hpp"

namespace whistlestop {

class MemoryLog final : public Log {
public:
    void submit(Commit commit, Durable durable) override;
    [[nodiscard]] std::uint64_t begin(TopicPartition partition) const override;
    [[nodiscard]] std::uint64_t end(TopicPartition partition) const override;
    void read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) override;
    void listen(std::function<void()> published) override;

    // Makes the oldest `commits` that wait durable. Returns how many there were.
    std::size_t sync(std::size_t commits = static_cast<std::size_t>(-1));
    // What waits is gone, and with it everybody who listens.
    void crash();
    [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
    // Every row change of the frames after `anchor`, in order.
    void replay(FrameNumber anchor, const std::function<void(const RowChange&)>& apply) const;

private:
    struct Waiting {
        Commit commit;
        Durable durable;
    };
    void publish(Waiting next);

    std::vector<Waiting> waiting_;
    std::vector<std::string> rows_;  // by frame, the first at 0
    std::map<TopicPartition, std::vector<std::shared_ptr<const std::string>>> records_;
    std::vector<std::function<void()>> listeners_;
};

}  // namespace whistlestop
