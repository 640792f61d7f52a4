#include "common/log/embedded/recover.hpp"

#include <fmt/format.h>

#include <utility>

#include "common/base/bytes.hpp"

namespace whistlestop::embedded {
namespace {

Result<std::vector<Segment>> open_all(const std::filesystem::path& folder) {
    const auto paths = segment_paths(folder);
    if (!paths) return std::unexpected{paths.error()};
    std::vector<Segment> segments;
    for (const auto& path : *paths) {
        auto segment = open_segment(path);
        if (!segment) return std::unexpected{segment.error()};
        segments.push_back(std::move(*segment));
    }
    return segments;
}

// Whether `before` is all that `segment` was written after.
Result<void> check_chain(const Segment& before, const Segment& segment) {
    const SegmentHead& head = segment.head;
    if (head.previous_first != before.head.first)
        return fail(Fault::corrupt, fmt::format("the segment before {} is missing", segment.path.native()));
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(before.path, error);
    if (error || bytes < head.previous_bytes) return std::unexpected{damaged(before, bytes)};
    if (bytes > head.previous_bytes) return std::unexpected{damaged(before, head.previous_bytes)};
    return {};
}

Result<void> verify_sealed(const Segment& segment, const Segment& after) {
    const auto file = File::open(segment.path);
    if (!file) return std::unexpected{file.error()};
    const auto contents = read_segment(segment, *file);
    if (!contents) return std::unexpected{contents.error()};
    const bool whole = contents->bytes_after == 0 && contents->last + 1 == after.head.first;
    if (!whole || contents->next != after.head.next) return std::unexpected{damaged(segment, contents->bytes)};
    return {};
}

// Without its torn end, and certainly on disk: the process that wrote the last frame may have died before or because
// its sync failed, and pages of a failed sync count as clean. Written again, they count as changed.
Result<void> settle(const File& file, const SegmentContents& contents) {
    if (contents.bytes_after > 0) {
        tell(fmt::format("event=log_torn_frame_dropped file={} position={} bytes={}", file.path().native(),
                         contents.bytes, contents.bytes_after));
        if (auto cut = file.truncate(contents.bytes); !cut) return cut;
    }
    if (contents.last_frame_at > 0) {
        const auto last = file.read(contents.last_frame_at, contents.bytes - contents.last_frame_at);
        if (!last) return std::unexpected{last.error()};
        if (auto written = file.write(*last, contents.last_frame_at); !written) return written;
    }
    return file.sync();
}

Result<SegmentContents> recover_newest(const Segment& segment) {
    const auto file = File::open(segment.path);
    if (!file) return std::unexpected{file.error()};
    auto contents = read_segment(segment, *file);
    if (!contents) return contents;
    if (contents->later_frame_follows) return std::unexpected{damaged(segment, contents->bytes)};
    if (auto settled = settle(*file, *contents); !settled) return std::unexpected{settled.error()};
    return contents;
}

}  // namespace

Result<Recovered> recover(const std::filesystem::path& folder, std::uint64_t verify_bytes) {
    auto segments = open_all(folder);
    if (!segments) return std::unexpected{segments.error()};
    if (segments->empty()) {
        auto first = create_segment(folder, SegmentHead{});
        if (!first) return std::unexpected{first.error()};
        segments->push_back(std::move(*first));
    }
    for (std::size_t i = 1; i < segments->size(); ++i)
        if (auto chained = check_chain((*segments)[i - 1], (*segments)[i]); !chained)
            return std::unexpected{chained.error()};
    std::uint64_t verified = 0;
    for (std::size_t i = segments->size() - 1; i > 0 && verified < verify_bytes; --i) {
        if (auto whole = verify_sealed((*segments)[i - 1], (*segments)[i]); !whole)
            return std::unexpected{whole.error()};
        verified += (*segments)[i].head.previous_bytes;
    }
    auto newest = recover_newest(segments->back());
    if (!newest) return std::unexpected{newest.error()};
    const std::uint64_t torn_bytes = newest->bytes_after;
    return Recovered{std::move(*segments), std::move(*newest), torn_bytes};
}

Anchor anchor_at(FrameNumber frame) {
    Anchor anchor;
    put_big(anchor, frame);
    return anchor;
}

std::optional<FrameNumber> frame_at(const Anchor& anchor) {
    if (anchor.empty()) return 0;
    if (anchor.size() != sizeof(FrameNumber)) return std::nullopt;
    std::string_view bytes = anchor;
    return take_big<FrameNumber>(bytes);
}

Result<void> replay_rows(const std::vector<std::shared_ptr<const Segment>>& segments, FrameNumber anchor,
                         const std::function<void(const RowChange&)>& apply) {
    if (segments.front()->head.first > anchor + 1)
        return fail(Fault::corrupt, fmt::format("the log starts at frame {}, the state ends at {}",
                                                segments.front()->head.first, anchor));
    FrameNumber last = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = *segments[i];
        if (i + 1 < segments.size() && segments[i + 1]->head.first <= anchor + 1) continue;
        const auto file = File::open(segment.path);
        if (!file) return std::unexpected{file.error()};
        auto scan = SegmentScan::of(segment, *file);
        if (!scan) return std::unexpected{scan.error()};
        while (const auto frame = scan->next()) {
            std::string_view rows = frame->rows;
            while (const auto row = frame->number > anchor ? take_row(rows) : std::nullopt) apply(*row);
            if (frame->number > anchor && !rows.empty()) return std::unexpected{damaged(segment, scan->position())};
        }
        if (scan->rest_bytes() > 0) return std::unexpected{damaged(segment, scan->position())};
        last = scan->due() - 1;
    }
    if (last < anchor)
        return fail(Fault::corrupt, fmt::format("the log ends at frame {}, the state is ahead at {}", last, anchor));
    return {};
}

}  // namespace whistlestop::embedded
