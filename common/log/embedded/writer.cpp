#include "common/log/embedded/writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "common/fault/fault.hpp"

namespace whistlestop::embedded {
namespace {

template <class T>
T or_die(Result<T> result) {
    if (!result) die("log_write_failed", result.error());
    return std::move(*result);
}

void or_die(const Result<void>& result) {
    if (!result) die("log_write_failed", result.error());
}

}  // namespace

Writer::Writer(Shelf& shelf, File file, const SegmentContents& contents, std::uint64_t segment_bytes, Elapsed elapsed)
    : shelf_{shelf},
      file_{std::move(file)},
      segment_bytes_{segment_bytes},
      elapsed_{std::move(elapsed)},
      first_{shelf.segments().back()->head.first},
      position_{contents.bytes},
      newest_{contents.newest},
      empty_{contents.last_frame_at == 0} {}

std::chrono::nanoseconds Writer::append(const Frame& frame, const std::string& rows, const Offsets& before) {
    const std::size_t bytes = frame.bytes.size() + rows.size();
    if (!empty_ && position_ + bytes > segment_bytes_) rotate(frame.number, before);

    fault::point(fault::log_before_write);
    std::array<iovec, 2> pieces = {
        {{const_cast<char*>(frame.bytes.data()), frame.bytes.size()}, {const_cast<char*>(rows.data()), rows.size()}}};
    or_die(file_.write(pieces, position_));

    fault::point(fault::log_before_sync);
    const auto start = elapsed_();
    or_die(file_.sync());
    const auto took = elapsed_() - start;
    fault::point(fault::log_after_sync);

    shelf_.add(frame, position_);
    position_ += bytes;
    newest_ = std::max(newest_, frame.newest);
    empty_ = false;
    return took;
}

void Writer::rotate(FrameNumber first, const Offsets& before) {
    const auto folder = file_.path().parent_path();
    Segment next = or_die(create_segment(folder, {first, first_, position_, newest_, before}));
    file_ = or_die(File::open(next.path));
    first_ = first;
    position_ = next.head_bytes;
    newest_ = {};
    empty_ = true;
    shelf_.begin_segment(std::move(next));
    fault::point(fault::log_segment_rotated);
}

}  // namespace whistlestop::embedded
