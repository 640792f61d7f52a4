#pragma once
// Frame: what one sync makes durable.
//
//   u32 magic | u32 crc | u64 number | u32 records bytes | u32 rows bytes | u32 rows crc | u32 commits | records | rows
//
// (little-endian, CRC32C.) `crc` covers the rest of the header and the records, `rows crc` the rows: who reads records
// back never touches the rows, which are half of the log. The magic is no UTF-8, so no text of a person contains it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/log/embedded/offsets.hpp"
#include "common/log/log.hpp"

namespace whistlestop::embedded {

// Counts frames, from 1, for the life of a folder. "Up to and with" in every use.
using FrameNumber = std::uint64_t;

inline constexpr std::size_t frame_header_bytes = 32;
inline constexpr std::string_view frame_magic = "\xf7\x57\x53\xf8";

struct FrameView {
    FrameNumber number = 0;
    std::uint32_t commits = 0;
    std::string_view head;  // header and records
    std::string_view records;
    std::string_view rows;
    [[nodiscard]] std::size_t bytes() const { return head.size() + rows.size(); }
};

// Takes the first frame off the front of `bytes`; nothing unless it is whole and unharmed.
[[nodiscard]] std::optional<FrameView> take_frame(std::string_view& bytes);

// The same for a header with its records, without rows.
[[nodiscard]] bool unharmed_head(std::string_view head);

// A frame in memory: header and records, and where each partition's records stand. Immutable once built; shared by the
// tail, the cache and the batches that point into it.
struct Frame {
    struct Run {  // the records of one partition
        std::uint32_t partition;
        std::uint32_t first;  // in `positions`
        std::uint32_t count;
        std::uint64_t offset;  // of the first; no gaps
    };
    FrameNumber number = 0;
    std::uint32_t commits = 0;
    std::string bytes;
    std::vector<std::uint32_t> positions;  // by partition, within one by offset
    std::vector<Run> runs;                 // by partition
    WallMs newest{};                       // the greatest time of a record

    [[nodiscard]] const Run* run_of(std::size_t partition) const;
    [[nodiscard]] std::size_t memory() const;
};

// The frame of these unharmed bytes. Nothing if its records are not what we write: malformed, or offsets with gaps.
[[nodiscard]] std::shared_ptr<const Frame> load_frame(std::string_view head);

// Builds frames out of commits, one at a time.
class FrameBuilder {
public:
    // For what will be added: frames stay in memory, so they are no larger than they must be.
    void begin(std::size_t records_bytes, std::size_t rows_bytes);
    void add(const Commit& commit);
    // The frame of what was added, its records placed from `next` on, which moves on.
    [[nodiscard]] std::shared_ptr<const Frame> finish(FrameNumber number, Offsets& next);
    // Of that frame, until the next begins.
    [[nodiscard]] const std::string& rows() const { return rows_; }

private:
    std::shared_ptr<Frame> frame_;
    std::string rows_;
};

// Appends the records of `run` from `offset` on, at most `records_max`. Returns how many.
std::size_t append_records(const std::shared_ptr<const Frame>& frame, const Frame::Run& run, std::uint64_t offset,
                           std::size_t records_max, Batch& into);

}  // namespace whistlestop::embedded
