#include "common/log/embedded/segment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::embedded {
namespace {

constexpr std::string_view segment_magic = "\xf7\x57\x53\xf9";
constexpr std::uint32_t version = 1;
constexpr std::size_t fixed_bytes = 16;  // up to and with the length
constexpr std::size_t body_bytes_min = 32;
constexpr std::size_t entry_bytes = 12;
constexpr std::size_t head_bytes_max = 64UL << 10;
constexpr std::string_view unfinished = ".new";

std::string encode(const SegmentHead& head) {
    std::string body;
    put_little(body, head.first);
    put_little(body, head.previous_first);
    put_little(body, head.previous_bytes);
    put_little(body, static_cast<std::uint64_t>(head.previous_newest.value));
    for_each_partition([&](TopicPartition partition) {
        if (head.next[index_of(partition)] == 0) return;
        put_little(body, static_cast<std::uint16_t>(partition.topic));
        put_little(body, partition.partition);
        put_little(body, head.next[index_of(partition)]);
    });
    std::string checked;
    put_little(checked, version);
    put_little(checked, static_cast<std::uint32_t>(body.size()));
    checked += body;
    std::string out{segment_magic};
    put_little(out, crc32c(checked));
    return out + checked;
}

// False if a partition is none of ours.
bool take_offsets(std::string_view body, Offsets& next) {
    while (body.size() >= entry_bytes) {
        TopicPartition partition;
        partition.topic = static_cast<Topic>(take_little<std::uint16_t>(body));
        partition.partition = take_little<std::uint16_t>(body);
        const auto topic = static_cast<std::size_t>(partition.topic);
        if (topic < 1 || topic > all_topics().size()) return false;
        if (partition.partition >= spec_of(partition.topic).partitions) return false;
        next[index_of(partition)] = take_little<std::uint64_t>(body);
    }
    return body.empty();
}

// The whole of the head; nothing if it is harmed.
std::optional<std::string_view> checked_body(std::string_view bytes) {
    if (bytes.size() < fixed_bytes || !bytes.starts_with(segment_magic)) return std::nullopt;
    std::string_view rest = bytes.substr(segment_magic.size());
    const auto crc = take_little<std::uint32_t>(rest);
    std::string_view length = rest.substr(4);
    const std::size_t body = take_little<std::uint32_t>(length);
    if (length.size() < body || body < body_bytes_min || crc32c(rest.substr(0, 8 + body)) != crc) return std::nullopt;
    return rest.substr(0, 8 + body);
}

// Moves `next` past the frame's records; false if they do not start there.
bool follow(const Frame& frame, Offsets& next) {
    for (const Frame::Run& run : frame.runs) {
        if (run.offset != next[run.partition]) return false;
        next[run.partition] += run.count;
    }
    return true;
}

}  // namespace

Result<Segment> create_segment(const std::filesystem::path& folder, SegmentHead head) {
    const std::string bytes = encode(head);
    const std::filesystem::path path = folder / fmt::format("{:020}.log", head.first);
    const std::filesystem::path draft = path.native() + std::string{unfinished};
    const auto file = File::create(draft);
    if (!file) return std::unexpected{file.error()};
    if (const auto written = file->write(bytes, 0); !written) return std::unexpected{written.error()};
    if (const auto synced = file->sync(); !synced) return std::unexpected{synced.error()};
    std::error_code error;
    std::filesystem::rename(draft, path, error);
    if (error) return fail(Fault::unavailable, fmt::format("cannot rename {}: {}", draft.native(), error.message()));
    if (const auto synced = sync_folder(folder); !synced) return std::unexpected{synced.error()};
    return Segment{path, std::move(head), bytes.size()};
}

Result<Segment> open_segment(const std::filesystem::path& path) {
    const auto file = File::open(path);
    if (!file) return std::unexpected{file.error()};
    const auto size = file->size();
    if (!size) return std::unexpected{size.error()};
    const auto bytes = file->read(0, std::min<std::size_t>(*size, head_bytes_max));
    if (!bytes) return std::unexpected{bytes.error()};
    auto checked = checked_body(*bytes);
    if (!checked) return fail(Fault::corrupt, path.native() + " is damaged at byte 0");

    Segment segment{path, {}, segment_magic.size() + 4 + checked->size()};
    const auto written_by = take_little<std::uint32_t>(*checked);
    checked->remove_prefix(4);
    segment.head.first = take_little<std::uint64_t>(*checked);
    segment.head.previous_first = take_little<std::uint64_t>(*checked);
    segment.head.previous_bytes = take_little<std::uint64_t>(*checked);
    segment.head.previous_newest = {static_cast<std::int64_t>(take_little<std::uint64_t>(*checked))};
    if (written_by != version || !take_offsets(*checked, segment.head.next))
        return fail(Fault::invalid, path.native() + " was written by another version of this program");
    return segment;
}

Result<void> delete_segment(const Segment& segment) {
    std::error_code error;
    std::filesystem::remove(segment.path, error);
    if (error)
        return fail(Fault::unavailable, fmt::format("cannot delete {}: {}", segment.path.native(), error.message()));
    return sync_folder(segment.path.parent_path());
}

Result<std::vector<std::filesystem::path>> segment_paths(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (std::filesystem::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
        const std::filesystem::path& path = at->path();
        if (path.extension() == ".log") paths.push_back(path);
        if (path.extension() == unfinished) std::filesystem::remove(path, error);
    }
    if (error) return fail(Fault::unavailable, fmt::format("cannot read {}: {}", folder.native(), error.message()));
    std::ranges::sort(paths);
    return paths;
}

Error damaged(const Segment& segment, std::uint64_t position) {
    return {Fault::corrupt, fmt::format("{} is damaged at byte {}", segment.path.native(), position)};
}

SegmentScan::SegmentScan(Mapping mapping, const Segment& segment)
    : mapping_{std::move(mapping)}, rest_{mapping_.bytes().substr(segment.head_bytes)}, due_{segment.head.first} {}

Result<SegmentScan> SegmentScan::of(const Segment& segment, const File& file) {
    auto mapping = Mapping::of(file);
    if (!mapping) return std::unexpected{mapping.error()};
    if (mapping->bytes().size() < segment.head_bytes) return std::unexpected{damaged(segment, 0)};
    return SegmentScan{std::move(*mapping), segment};
}

std::optional<FrameView> SegmentScan::next() {
    std::string_view rest = rest_;
    const auto frame = take_frame(rest);
    if (!frame || frame->number != due_) return std::nullopt;
    rest_ = rest;
    ++due_;
    return frame;
}

bool SegmentScan::later_frame_follows() const {
    for (std::size_t at = rest_.find(frame_magic, 1); at != std::string_view::npos;
         at = rest_.find(frame_magic, at + 1)) {
        std::string_view candidate = rest_.substr(at);
        const auto frame = take_frame(candidate);
        if (frame && frame->number > due_) return true;
    }
    return false;
}

void SegmentIndex::add(const Frame& frame, std::uint64_t position) {
    check(position <= 0xffffffff);
    for (const Frame::Run& run : frame.runs)
        entries_[run.partition].push_back(
            {run.offset, static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(frame.bytes.size())});
}

std::optional<SegmentIndex::Entry> SegmentIndex::find(std::size_t partition, std::uint64_t offset) const {
    const auto& entries = entries_[partition];
    const auto after = std::ranges::upper_bound(entries, offset, {}, &Entry::offset);
    if (after == entries.begin()) return std::nullopt;
    return *std::prev(after);
}

Result<SegmentContents> read_segment(const Segment& segment, const File& file) {
    auto scan = SegmentScan::of(segment, file);
    if (!scan) return std::unexpected{scan.error()};
    SegmentContents contents;
    contents.next = segment.head.next;
    std::uint64_t position = scan->position();
    while (const auto view = scan->next()) {
        const auto frame = load_frame(view->head);
        if (frame == nullptr || !follow(*frame, contents.next)) return std::unexpected{damaged(segment, position)};
        contents.index.add(*frame, position);
        contents.newest = std::max(contents.newest, frame->newest);
        contents.last_frame_at = std::exchange(position, scan->position());
    }
    contents.last = scan->due() - 1;
    contents.bytes = position;
    contents.bytes_after = scan->rest_bytes();
    contents.later_frame_follows = scan->later_frame_follows();
    return contents;
}

}  // namespace whistlestop::embedded
