#include "common/log/embedded/frame.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::embedded {
namespace {

constexpr std::size_t crc_at = 4;
constexpr std::size_t crc_from = 8;
constexpr std::size_t rows_kept_max = 8UL << 20;  // of the buffer for rows, from frame to frame

template <std::unsigned_integral T>
void overwrite(std::string& bytes, std::size_t at, T value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

std::uint64_t offset_at(std::string_view record) {
    record.remove_prefix(record_offset_at);
    return take_little<std::uint64_t>(record);
}

// Finds the records and sorts them by partition, keeping their order within one. The runs have no offsets yet.
bool arrange(Frame& frame) {
    std::vector<std::uint32_t> partitions;
    std::vector<std::uint32_t> found;
    std::vector<std::uint32_t> counts(partition_count(), 0);
    std::string_view rest = std::string_view{frame.bytes}.substr(frame_header_bytes);
    while (!rest.empty()) {
        const auto position = static_cast<std::uint32_t>(frame.bytes.size() - rest.size());
        const auto record = take_record(rest);
        if (!record) return false;
        partitions.push_back(static_cast<std::uint32_t>(index_of(record->at)));
        found.push_back(position);
        ++counts[partitions.back()];
        frame.newest = std::max(frame.newest, record->time);
    }
    std::uint32_t first = 0;
    for (std::uint32_t partition = 0; partition < counts.size(); ++partition) {
        const std::uint32_t count = counts[partition];
        if (count > 0) frame.runs.push_back({partition, first, count, 0});
        counts[partition] = first;  // from here on: where the next of the partition goes
        first += count;
    }
    frame.positions.resize(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) frame.positions[counts[partitions[i]]++] = found[i];
    return true;
}

}  // namespace

std::optional<FrameView> take_frame(std::string_view& bytes) {
    if (bytes.size() < frame_header_bytes || !bytes.starts_with(frame_magic)) return std::nullopt;
    std::string_view rest = bytes.substr(crc_from);
    FrameView frame;
    frame.number = take_little<std::uint64_t>(rest);
    const std::size_t records = take_little<std::uint32_t>(rest);
    const std::size_t rows = take_little<std::uint32_t>(rest);
    const std::uint32_t rows_crc = take_little<std::uint32_t>(rest);
    frame.commits = take_little<std::uint32_t>(rest);
    if (rest.size() < records + rows) return std::nullopt;
    frame.head = bytes.substr(0, frame_header_bytes + records);
    frame.records = rest.substr(0, records);
    frame.rows = rest.substr(records, rows);
    if (!unharmed_head(frame.head) || crc32c(frame.rows) != rows_crc) return std::nullopt;
    bytes.remove_prefix(frame.bytes());
    return frame;
}

bool unharmed_head(std::string_view head) {
    if (head.size() < frame_header_bytes || !head.starts_with(frame_magic)) return false;
    std::string_view stored = head.substr(crc_at);
    return crc32c(head.substr(crc_from)) == take_little<std::uint32_t>(stored);
}

const Frame::Run* Frame::run_of(std::size_t partition) const {
    const auto found = std::ranges::lower_bound(runs, partition, {}, &Run::partition);
    return found == runs.end() || found->partition != partition ? nullptr : &*found;
}

std::size_t Frame::memory() const {
    return sizeof(Frame) + bytes.capacity() + positions.capacity() * sizeof(std::uint32_t) +
           runs.capacity() * sizeof(Run);
}

std::shared_ptr<const Frame> load_frame(std::string_view head) {
    auto frame = std::make_shared<Frame>();
    frame->bytes = head;
    std::string_view number = head.substr(crc_from);
    frame->number = take_little<std::uint64_t>(number);
    if (!arrange(*frame)) return nullptr;
    const std::string_view all = frame->bytes;
    for (Frame::Run& run : frame->runs) {
        run.offset = offset_at(all.substr(frame->positions[run.first]));
        for (std::uint32_t i = 1; i < run.count; ++i)
            if (offset_at(all.substr(frame->positions[run.first + i])) != run.offset + i) return nullptr;
    }
    return frame;
}

void FrameBuilder::begin(std::size_t records_bytes, std::size_t rows_bytes) {
    frame_ = std::make_shared<Frame>();
    frame_->bytes.reserve(frame_header_bytes + records_bytes);
    frame_->bytes.resize(frame_header_bytes);
    rows_.clear();
    if (rows_.capacity() > rows_kept_max) rows_.shrink_to_fit();
    rows_.reserve(rows_bytes);
}

void FrameBuilder::add(const Commit& commit) {
    frame_->bytes += commit.records();
    rows_ += commit.rows();
    ++frame_->commits;
}

std::shared_ptr<const Frame> FrameBuilder::finish(FrameNumber number, Offsets& next) {
    Frame& frame = *frame_;
    check(frame.bytes.size() + rows_.size() <= 0xffffffff);
    frame.number = number;
    check(arrange(frame));
    for (Frame::Run& run : frame.runs) {
        run.offset = next[run.partition];
        next[run.partition] += run.count;
        for (std::uint32_t i = 0; i < run.count; ++i)
            overwrite(frame.bytes, frame.positions[run.first + i] + record_offset_at, run.offset + i);
    }
    std::string header{frame_magic};
    put_little(header, std::uint32_t{0});  // the crc, known last
    put_little(header, number);
    put_little(header, static_cast<std::uint32_t>(frame.bytes.size() - frame_header_bytes));
    put_little(header, static_cast<std::uint32_t>(rows_.size()));
    put_little(header, crc32c(rows_));
    put_little(header, frame.commits);
    frame.bytes.replace(0, frame_header_bytes, header);
    overwrite(frame.bytes, crc_at, crc32c(std::string_view{frame.bytes}.substr(crc_from)));
    return std::exchange(frame_, nullptr);
}

std::size_t append_records(const std::shared_ptr<const Frame>& frame, const Frame::Run& run, std::uint64_t offset,
                           std::size_t records_max, Batch& into) {
    check(offset >= run.offset && offset < run.offset + run.count);
    const auto skip = static_cast<std::uint32_t>(offset - run.offset);
    const std::size_t count = std::min<std::size_t>(run.count - skip, records_max);
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view rest = std::string_view{frame->bytes}.substr(frame->positions[run.first + skip + i]);
        into.records.push_back(*take_record(rest));
    }
    into.frames.emplace_back(frame, &frame->bytes);
    return count;
}

}  // namespace whistlestop::embedded
