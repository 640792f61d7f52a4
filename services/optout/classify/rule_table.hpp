#pragma once
// The parts of the table of rules, in the order in which they are numbered.

#include <span>

#include "services/optout/classify/rules.hpp"

namespace whistlestop::optout::classify {

[[nodiscard]] std::span<const Rule> english_rules();
[[nodiscard]] std::span<const Rule> english_ways();
[[nodiscard]] std::span<const Rule> people_rules();
[[nodiscard]] std::span<const Rule> other_language_rules();
[[nodiscard]] std::span<const Rule> guard_and_label_rules();

}  // namespace whistlestop::optout::classify
