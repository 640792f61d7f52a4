#include "common/log/embedded/embedded_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "common/base/check.hpp"
#include "common/base/thread_name.hpp"
#include "common/fault/fault.hpp"
#include "common/log/embedded/trim.hpp"

namespace whistlestop {
namespace {

constexpr std::uint64_t segment_bytes_max = 2ULL << 30;  // an index holds positions in 32 bits
constexpr std::size_t frame_bytes_max = 8UL << 20;       // a frame ends before it would be larger

std::vector<std::atomic<std::uint64_t>> atomics(const embedded::Offsets& values) {
    std::vector<std::atomic<std::uint64_t>> out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out[i].store(values[i]);
    return out;
}

Result<void> make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const bool created = std::filesystem::create_directories(folder, error);
    if (error) return fail(Fault::unavailable, fmt::format("cannot create {}: {}", folder.native(), error.message()));
    if (!created) return {};
    return embedded::sync_folder(std::filesystem::absolute(folder).parent_path());
}

}  // namespace

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::open(Options options) {
    if (options.segment_bytes == 0 || options.segment_bytes > segment_bytes_max)
        return fail(Fault::invalid, fmt::format("segment bytes: want 1 to {}", segment_bytes_max));
    if (auto made = make_folder(options.folder); !made) return std::unexpected{made.error()};
    auto lock = embedded::File::lock(options.folder / "lock");
    if (!lock) return std::unexpected{lock.error()};
    auto recovered = embedded::recover(options.folder, options.verify_bytes);
    if (!recovered) return std::unexpected{recovered.error()};
    auto newest = embedded::File::open(recovered->segments.back().path);
    if (!newest) return std::unexpected{newest.error()};
    return std::unique_ptr<EmbeddedLog>{
        new EmbeddedLog{std::move(options), std::move(*lock), std::move(*newest), std::move(*recovered)}};
}

EmbeddedLog::EmbeddedLog(Options options, embedded::File lock, embedded::File newest, embedded::Recovered recovered)
    : lock_{std::move(lock)},
      retention_max_{options.retention_max},
      shelf_{std::move(recovered.segments), std::move(recovered.newest.index), options.cache_bytes},
      tail_{options.tail_bytes},
      begins_{atomics(shelf_.segments().front()->head.next)},
      ends_{atomics(recovered.newest.next)},
      last_frame_{recovered.newest.last},
      writer_{shelf_, std::move(newest), recovered.newest, options.segment_bytes, std::move(options.elapsed)},
      next_{recovered.newest.next},
      newest_bytes_{writer_.position()} {
    stats_.torn_bytes = recovered.torn_bytes;
    committer_ = std::thread{[this] { run(); }};
}

EmbeddedLog::~EmbeddedLog() {
    {
        const std::lock_guard lock{waiting_mutex_};
        closing_ = true;
    }
    submitted_.notify_one();
    committer_.join();
}

void EmbeddedLog::submit(Commit commit, Durable durable) {
    bool first = false;
    {
        const std::lock_guard lock{waiting_mutex_};
        first = waiting_.empty();
        waiting_.push_back({std::move(commit), std::move(durable)});
    }
    if (first) submitted_.notify_one();
}

std::uint64_t EmbeddedLog::begin(TopicPartition partition) const {
    return begins_[index_of(partition)].load(std::memory_order_acquire);
}

std::uint64_t EmbeddedLog::end(TopicPartition partition) const {
    return ends_[index_of(partition)].load(std::memory_order_acquire);
}

std::uint64_t EmbeddedLog::read(TopicPartition partition, std::uint64_t offset, std::size_t records_max, Batch& into) {
    const std::size_t index = index_of(partition);
    const std::uint64_t end = this->end(partition);
    while (records_max > 0) {
        offset = std::max(offset, begin(partition));
        if (offset >= end) break;
        const std::size_t most = std::min<std::uint64_t>(records_max, end - offset);
        std::size_t count = tail_.read(index, offset, most, into);
        if (count == 0) count = shelf_.read(index, offset, most, into);
        check(count > 0 || begin(partition) > offset);  // none: trimmed meanwhile
        offset += count;
        records_max -= count;
    }
    return offset;
}

void EmbeddedLog::listen(std::function<void()> published) {
    const std::lock_guard lock{listeners_mutex_};
    listeners_.push_back(std::move(published));
}

Result<void> EmbeddedLog::replay(const Anchor& anchor, const std::function<void(const RowChange&)>& apply) const {
    const auto after = embedded::frame_at(anchor);
    if (!after) return fail(Fault::corrupt, "the state was written behind another kind of log");
    return embedded::replay_rows(shelf_.segments(), *after, apply);
}

std::size_t EmbeddedLog::trim(const Anchor& anchor_on_disk,
                              const std::function<std::uint64_t(TopicPartition)>& lowest_position, WallMs now) {
    const auto segments = shelf_.segments();
    const auto anchor = embedded::frame_at(anchor_on_disk);
    check(anchor.has_value());
    const std::size_t count = embedded::trimmable(segments, *anchor, lowest_position, {now, retention_max_});
    if (count == 0) return 0;
    const embedded::Offsets& begins = segments[count]->head.next;
    for (std::size_t i = 0; i < begins.size(); ++i) begins_[i].store(begins[i], std::memory_order_release);
    shelf_.forget(count);
    for (std::size_t i = 0; i < count; ++i) {
        fault::point(fault::log_before_trim);
        if (const auto deleted = embedded::delete_segment(*segments[i]); !deleted)
            embedded::die("log_trim_failed", deleted.error());
    }
    return count;
}

EmbeddedLog::Stats EmbeddedLog::stats() const {
    Stats stats;
    {
        const std::lock_guard lock{stats_mutex_};
        stats = stats_;
        stats.bytes_on_disk = newest_bytes_;
    }
    const auto segments = shelf_.segments();
    stats.segments = segments.size();
    for (std::size_t i = 1; i < segments.size(); ++i) stats.bytes_on_disk += segments[i]->head.previous_bytes;
    stats.frames_read_back = shelf_.frames_read_back();
    const std::lock_guard lock{waiting_mutex_};
    stats.commits_waiting = waiting_.size();
    return stats;
}

void EmbeddedLog::run() {
    name_this_thread("log");
    for (auto waiting = take_waiting(); !waiting.empty(); waiting = take_waiting()) commit_all(waiting);
}

std::vector<EmbeddedLog::Waiting> EmbeddedLog::take_waiting() {
    std::unique_lock lock{waiting_mutex_};
    submitted_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
    return std::exchange(waiting_, {});
}

void EmbeddedLog::commit_all(std::span<Waiting> waiting) {
    while (!waiting.empty()) {
        std::size_t count = 0;
        std::size_t bytes = 0;
        while (count < waiting.size() && (count == 0 || bytes <= frame_bytes_max)) {
            const Commit& commit = waiting[count++].commit;
            bytes += commit.records().size() + commit.rows().size();
        }
        commit_frame(waiting.first(count));
        waiting = waiting.subspan(count);
    }
}

void EmbeddedLog::commit_frame(std::span<Waiting> waiting) {
    std::size_t records_bytes = 0;
    std::size_t rows_bytes = 0;
    for (const Waiting& each : waiting) {
        records_bytes += each.commit.records().size();
        rows_bytes += each.commit.rows().size();
    }
    builder_.begin(records_bytes, rows_bytes);
    for (const Waiting& each : waiting) builder_.add(each.commit);
    const embedded::Offsets before = next_;
    const embedded::FrameNumber number = last_frame_.load(std::memory_order_relaxed) + 1;
    const auto frame = builder_.finish(number, next_);
    const auto sync = writer_.append(*frame, builder_.rows(), before);
    count(*frame, rows_bytes, sync);
    publish(frame);
    acknowledge(waiting, *frame);
    if (frame->runs.empty()) return;
    const std::lock_guard lock{listeners_mutex_};
    for (const auto& listener : listeners_) listener();
}

void EmbeddedLog::acknowledge(std::span<Waiting> waiting, const embedded::Frame& frame) {
    const Anchor anchor = embedded::anchor_at(frame.number - 1);  // it may hold rows of later commits besides
    std::string_view records = std::string_view{frame.bytes}.substr(embedded::frame_header_bytes);
    for (Waiting& each : waiting) {
        const std::size_t bytes = each.commit.records().size();
        each.durable({anchor, records.substr(0, bytes)});
        records.remove_prefix(bytes);
    }
}

void EmbeddedLog::publish(const std::shared_ptr<const embedded::Frame>& frame) {
    tail_.add(frame);
    for (const embedded::Frame::Run& run : frame->runs)
        ends_[run.partition].store(run.offset + run.count, std::memory_order_release);
    last_frame_.store(frame->number, std::memory_order_release);
}

void EmbeddedLog::count(const embedded::Frame& frame, std::size_t rows_bytes, std::chrono::nanoseconds sync) {
    const std::lock_guard lock{stats_mutex_};
    ++stats_.frames;
    stats_.commits += frame.commits;
    stats_.records += frame.positions.size();
    stats_.bytes += frame.bytes.size() + rows_bytes;
    stats_.sync_last = sync;
    stats_.sync_total += sync;
    newest_bytes_ = writer_.position();
}

}  // namespace whistlestop
