#pragma once
// Keys: how the rows of all tasks share one ordered space.
//
//   stage u8 | partition u16 | table u8 | the row's own key          (big-endian: the rows of a table lie together)

#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/runtime/processor.hpp"

namespace whistlestop {

// Broadcast tables stand under this stage, with the topic's number for a partition.
inline constexpr std::uint8_t broadcast_stage = 255;

inline constexpr TableId positions_table{0};
inline constexpr TableId timers_table{1};
inline constexpr TableId broadcast_table{2};

inline constexpr std::size_t prefix_bytes = 4;

inline std::string table_prefix(std::uint8_t stage, std::uint16_t partition, TableId table) {
    std::string prefix;
    put_big(prefix, stage);
    put_big(prefix, partition);
    put_big(prefix, table.value);
    return prefix;
}

// The first key behind every key that begins with `prefix`.
inline std::string behind(std::string prefix) {
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xff) prefix.pop_back();
    check(!prefix.empty());
    prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

}  // namespace whistlestop
