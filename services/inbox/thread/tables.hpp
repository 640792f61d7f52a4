#pragma once
// The stage's number and tables. They are part of every key on disk: never reuse one.

#include "whistlestop/state/v1/inbox.pb.h"

#include "common/runtime/rows.hpp"

namespace whistlestop::thread {

inline constexpr std::uint8_t thread_stage_number = 5;

inline constexpr TableId thread_table{first_free_table};  // of ThreadRow
inline constexpr Rows<state::v1::ContactThreadsRow> contact_rows{TableId{first_free_table + 1}};
inline constexpr Rows<state::v1::ArchiveRow> archive_rows{TableId{first_free_table + 2}};
inline constexpr Rows<state::v1::CommandRow> command_rows{TableId{first_free_table + 3}};

}  // namespace whistlestop::thread
