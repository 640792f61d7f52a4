#pragma once
// Labels and outcomes: what a message says, and what the service does about it.

#include <array>
#include <cstdint>
#include <string_view>

namespace whistlestop::optout::classify {

// In order of precedence: where several fit, the first wins.
enum class Label : std::uint8_t { opt_out, opt_in, wrong_number, help, abuse, normal };
inline constexpr std::size_t label_count = 6;

enum class Action : std::uint8_t {
    optout,  // act at once
    review,  // hold this contact and show a person
    none,
};

inline constexpr std::array<std::string_view, label_count> label_names{"opt_out", "opt_in", "wrong_number",
                                                                       "help",    "abuse",  "normal"};
inline constexpr std::array<std::string_view, 3> action_names{"optout", "review", "none"};

[[nodiscard]] constexpr std::string_view name_of(Label label) { return label_names[static_cast<std::size_t>(label)]; }
[[nodiscard]] constexpr std::string_view name_of(Action action) {
    return action_names[static_cast<std::size_t>(action)];
}

}  // namespace whistlestop::optout::classify
