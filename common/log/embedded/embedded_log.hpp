#pragma once
// EmbeddedLog: the durable log of one process, in files of one folder.
//
// One thread, the committer, takes everything that waits, makes one frame of it, syncs once and publishes. submit()
// never blocks: whoever submits bounds what it has open (a worker has few commits in flight). Readers take no part in
// that: who keeps up reads memory, who lags reads files back.
//
// What would surprise: a failed write or sync ends the process (`died_of_disk`), and so does damage that a reader comes
// across. Destruction commits what waits first, callbacks included.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "common/log/embedded/recover.hpp"
#include "common/log/embedded/shelf.hpp"
#include "common/log/embedded/tail.hpp"
#include "common/log/embedded/writer.hpp"
#include "common/log/log.hpp"

namespace whistlestop {

class EmbeddedLog final : public Log {
public:
    struct Options {
        std::filesystem::path folder;               // created if it is not there
        std::uint64_t segment_bytes = 64ULL << 20;  // a segment ends before it would be larger
        std::size_t tail_bytes = 64UL << 20;        // of the newest frames, in memory
        std::size_t cache_bytes = 16UL << 20;       // of frames read back
        std::uint64_t verify_bytes = 256ULL << 20;  // checked at opening; the rest when it is read
        // Records of public topics go sooner than their topic asks: for a small disk.
        std::chrono::milliseconds retention_max = std::chrono::milliseconds::max();
        // A steady clock, for sync times in the statistics; they are zero without it.
        std::function<std::chrono::nanoseconds()> elapsed = [] { return std::chrono::nanoseconds{0}; };
    };

    // For metrics: since opening, unless it says otherwise.
    struct Stats {
        std::uint64_t frames = 0;
        std::uint64_t commits = 0;
        std::uint64_t records = 0;
        std::uint64_t bytes = 0;
        std::chrono::nanoseconds sync_last{};
        std::chrono::nanoseconds sync_total{};
        std::uint64_t torn_bytes = 0;        // dropped at opening
        std::uint64_t frames_read_back = 0;  // for readers that lag
        std::uint64_t segments = 0;          // now
        std::uint64_t bytes_on_disk = 0;     // now
        std::uint64_t commits_waiting = 0;   // now
    };

    // Fault::unavailable: in use by another process, or the folder cannot be read or written. Fault::corrupt: what was
    // acknowledged is not all there; the detail names file and position.
    [[nodiscard]] static Result<std::unique_ptr<EmbeddedLog>> open(Options options);
    ~EmbeddedLog() override;

    void submit(Commit commit, Durable durable) override;
    void follow(TopicPartition, std::uint64_t) override {}
    [[nodiscard]] std::uint64_t begin(TopicPartition partition) const override;
    [[nodiscard]] std::uint64_t end(TopicPartition partition) const override;
    [[nodiscard]] std::uint64_t newest(TopicPartition partition) const override { return end(partition); }
    std::uint64_t read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) override;
    void listen(std::function<void()> published) override;

    // The last frame that is durable; 0 before the first.
    [[nodiscard]] embedded::FrameNumber last_frame() const { return last_frame_.load(std::memory_order_acquire); }

    // The rows of all frames after `anchor`, in order, read from disk. Before the first submit. Fault::corrupt if a
    // frame is harmed, if frames after the anchor were trimmed, if the log ends before it, or if it is no anchor of a
    // log like this.
    [[nodiscard]] Result<void> replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) const;

    // Deletes the oldest segments whose frames all are in the state that is on disk, whose records all are behind their
    // readers and older than their retention at `now`. Stops at the first that must stay; the newest always
    // does. `lowest_position` gives the lowest offset that somebody still has to read; the greatest number if nobody
    // reads. Returns how many went. One at a time.
    std::size_t trim(const Anchor& anchor_on_disk, const std::function<std::uint64_t(TopicPartition)>& lowest_position,
                     WallMs now);

    [[nodiscard]] Stats stats() const;

private:
    struct Waiting {
        Commit commit;
        Durable durable;
    };
    EmbeddedLog(Options options, embedded::File lock, embedded::File newest, embedded::Recovered recovered);
    void run();
    [[nodiscard]] std::vector<Waiting> take_waiting();
    void commit_all(std::span<Waiting> waiting);
    void commit_frame(std::span<Waiting> waiting);
    void acknowledge(std::span<Waiting> waiting, const embedded::Frame& frame);
    void publish(const std::shared_ptr<const embedded::Frame>& frame);
    void count(const embedded::Frame& frame, std::size_t rows_bytes, std::chrono::nanoseconds sync);

    const embedded::File lock_;
    const std::chrono::milliseconds retention_max_;
    embedded::Shelf shelf_;
    embedded::Tail tail_;
    std::vector<std::atomic<std::uint64_t>> begins_;  // by index_of()
    std::vector<std::atomic<std::uint64_t>> ends_;
    std::atomic<embedded::FrameNumber> last_frame_;

    // The committer's alone.
    embedded::Writer writer_;
    embedded::FrameBuilder builder_;
    embedded::Offsets next_;

    mutable std::mutex waiting_mutex_;
    std::condition_variable submitted_;
    std::vector<Waiting> waiting_;
    bool closing_ = false;

    std::mutex listeners_mutex_;
    std::vector<std::function<void()>> listeners_;

    mutable std::mutex stats_mutex_;
    Stats stats_;
    std::uint64_t newest_bytes_;  // of the newest segment

    std::thread committer_;  // last: it uses all of the above
};

}  // namespace whistlestop
