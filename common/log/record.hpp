#pragma once
// Record: what stands at one offset of one partition, and how it is laid out in a frame.
//
//   u32 bytes after this field | u16 topic | u16 partition | u64 offset | i64 time | u32 key | u32 headers | u32 value
//   key bytes | header bytes | value bytes          (little-endian; headers: u16 name, u16 value, name bytes, value
//   bytes)
//
// A record is encoded once, by the task that emits it, and read in place ever after: the committer only fills in
// offsets.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/log/topic.hpp"

namespace whistlestop {

// What a name or a value can be at most, as encoded.
inline constexpr std::size_t header_bytes_max = 0xffff;

// Headers in their encoded form. Order is kept; a name may stand twice. A foreign one may be larger than we can hold:
// what is over the most is cut off, and what is cut is nothing that we ask of a header.
class Headers {
public:
    Headers() = default;
    Headers& add(std::string_view name, std::string_view value);
    [[nodiscard]] std::string_view encoded() const { return encoded_; }

private:
    std::string encoded_;
};

// The first header of that name in encoded headers.
[[nodiscard]] std::optional<std::string_view> find_header(std::string_view encoded, std::string_view name);

// Takes the next header off the front; nothing at the end or where the bytes are malformed.
struct HeaderView {
    std::string_view name;
    std::string_view value;
};
[[nodiscard]] std::optional<HeaderView> next_header(std::string_view& encoded);

// A view into a frame: valid as long as the batch that it came with.
struct Record {
    TopicPartition at;
    std::uint64_t offset = 0;
    WallMs time;
    std::string_view key;
    std::string_view headers;
    std::string_view value;

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
        return find_header(headers, name);
    }
};

// Appends `record` to `out`.
void encode_record(std::string& out, const Record& record);

// Takes the first record off the front of `bytes`; nothing if it is not whole or no topic of ours.
[[nodiscard]] std::optional<Record> take_record(std::string_view& bytes);

// Where the offset stands in an encoded record, from its first byte.
inline constexpr std::size_t record_offset_at = 8;

}  // namespace whistlestop
