#include "common/log/embedded/shelf.hpp"

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"

namespace whistlestop::embedded {
namespace {

constexpr std::size_t open_max = 16;

template <class T>
T or_die(Result<T> result) {
    if (!result) die("log_read_failed", result.error());
    return std::move(*result);
}

}  // namespace

Shelf::Shelf(std::vector<Segment> segments, SegmentIndex index, std::size_t cache_bytes) : cache_{cache_bytes} {
    check(!segments.empty());
    for (Segment& segment : segments) segments_.push_back(std::make_shared<const Segment>(std::move(segment)));
    const auto& last = segments_.back();
    newest_ = std::make_shared<Open>(last, or_die(File::open(last->path)), std::move(index));
}

void Shelf::begin_segment(Segment segment) {
    auto shared = std::make_shared<const Segment>(std::move(segment));
    auto opened = std::make_shared<Open>(shared, or_die(File::open(shared->path)), SegmentIndex{});
    const std::lock_guard lock{mutex_};
    segments_.push_back(std::move(shared));
    keep_open(std::exchange(newest_, std::move(opened)));
}

void Shelf::add(const Frame& frame, std::uint64_t position) {
    const std::lock_guard lock{mutex_};
    newest_->index.add(frame, position);
}

std::size_t Shelf::read(std::size_t partition, std::uint64_t offset, std::size_t records_max, Batch& into) {
    const auto found = find(partition, offset);
    if (!found) return 0;
    const auto frame = load(*found);
    const Frame::Run* const run = frame->run_of(partition);
    check(run != nullptr);
    return append_records(frame, *run, offset, records_max, into);
}

std::vector<std::shared_ptr<const Segment>> Shelf::segments() const {
    const std::lock_guard lock{mutex_};
    return {segments_.begin(), segments_.end()};
}

void Shelf::forget(std::size_t count) {
    const std::lock_guard lock{mutex_};
    check(count < segments_.size());
    for (; count > 0; --count) {
        std::erase_if(open_, [&](const auto& opened) { return opened->segment == segments_.front(); });
        segments_.pop_front();
    }
}

std::uint64_t Shelf::frames_read_back() const {
    const std::lock_guard lock{mutex_};
    return frames_read_back_;
}

std::shared_ptr<const Segment> Shelf::segment_of(std::size_t partition, std::uint64_t offset) const {
    const auto start = [&](const auto& segment) { return segment->head.next[partition]; };
    const auto after = std::ranges::upper_bound(segments_, offset, {}, start);
    return after == segments_.begin() ? nullptr : *std::prev(after);
}

std::optional<Shelf::Found> Shelf::find(std::size_t partition, std::uint64_t offset) {
    std::unique_lock lock{mutex_};
    const auto segment = segment_of(partition, offset);
    if (segment == nullptr) return std::nullopt;
    std::shared_ptr<const Open> opened = newest_;
    if (segment != newest_->segment) {
        lock.unlock();
        opened = open(segment);  // its index changes no more
        if (opened == nullptr) return std::nullopt;
    }
    const auto entry = opened->index.find(partition, offset);
    check(entry.has_value());
    return Found{std::move(opened), *entry};
}

std::shared_ptr<const Shelf::Open> Shelf::open(const std::shared_ptr<const Segment>& segment) {
    {
        const std::lock_guard lock{mutex_};
        const auto found = std::ranges::find(open_, segment, &Open::segment);
        if (found != open_.end()) {
            std::rotate(open_.begin(), found, std::next(found));
            return open_.front();
        }
    }
    auto file = File::open(segment->path);
    if (!file && !holds(segment)) return nullptr;  // trimmed meanwhile
    File opened_file = or_die(std::move(file));
    SegmentContents contents = or_die(read_segment(*segment, opened_file));
    if (contents.bytes_after > 0) die("log_read_failed", damaged(*segment, contents.bytes));
    auto opened = std::make_shared<Open>(segment, std::move(opened_file), std::move(contents.index));
    const std::lock_guard lock{mutex_};
    keep_open(opened);
    return opened;
}

bool Shelf::holds(const std::shared_ptr<const Segment>& segment) const {
    const std::lock_guard lock{mutex_};
    return std::ranges::find(segments_, segment) != segments_.end();
}

std::shared_ptr<const Frame> Shelf::load(const Found& found) {
    const Segment& segment = *found.open->segment;
    const FrameCache::Place place{segment.head.first, found.entry.position};
    if (auto cached = cache_.find(place)) return cached;
    const std::string head = or_die(found.open->file.read(found.entry.position, found.entry.head_bytes));
    auto frame = unharmed_head(head) ? load_frame(head) : nullptr;
    if (frame == nullptr) die("log_read_failed", damaged(segment, found.entry.position));
    cache_.add(place, frame);
    const std::lock_guard lock{mutex_};
    ++frames_read_back_;
    return frame;
}

void Shelf::keep_open(std::shared_ptr<Open> opened) {
    open_.push_front(std::move(opened));
    if (open_.size() > open_max) open_.pop_back();
}

}  // namespace whistlestop::embedded
