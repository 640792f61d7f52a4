#pragma once
// What the carrier answers to calls: Twilio's JSON for a message, an error and a page of the list.

#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/texts.hpp"

namespace simulator::carrier {

inline constexpr std::string_view json_type = "application/json";

// The message resource. The phone-side facts (status, error code) are those of this moment.
[[nodiscard]] std::string message_json(const Text& text, std::string_view sid);

// A whole HTTP answer that refuses; `extra` as in http::answer.
[[nodiscard]] std::string refusal(int status, int code, std::string_view message, std::string_view extra = {});

}  // namespace simulator::carrier
