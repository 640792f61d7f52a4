#pragma once
// The tables of stage text, and a row that is being changed. For the sources of this folder.

#include "whistlestop/state/v1/dispatch.pb.h"
#include <string>
#include <string_view>

#include "common/runtime/rows.hpp"
#include "services/dispatch/text/text.hpp"

namespace whistlestop::dispatch {

inline constexpr TableId text_table{first_free_table};
inline constexpr Rows<state::v1::TextRow> texts{text_table};                           // by text id
inline constexpr Rows<state::v1::ContactRow> contacts{TableId{first_free_table + 1}};  // by contact

inline constexpr int texts_per_contact_max = 32;  // that its row remembers: the newest

// What its timers are called, before the text id.
inline constexpr std::string_view park_timer = "park/";
inline constexpr std::string_view list_timer = "list/";

struct Text::Entry {
    std::string id;
    state::v1::TextRow row;
};

}  // namespace whistlestop::dispatch
