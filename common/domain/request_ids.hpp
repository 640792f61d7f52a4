#pragma once
// Request ids: how those begin that the gateway itself chooses. On public topics nobody else's may, else whoever takes
// one first would take what it stands for.

#include <string_view>

namespace whistlestop {

inline constexpr std::string_view confirmation_prefix = "confirm/";  // then the id of the text that said stop
inline constexpr std::string_view answer_prefix = "answer/";         // then the id of the volunteer's command

}  // namespace whistlestop
