#pragma once
// Answer: a verdict as the line of JSON that `whistlestop classify` prints.

#include <string>

#include "services/optout/classify/classifier.hpp"

namespace whistlestop::optout::classify {

// {"label", "action", "score", "us", "rule", "evidence"}; `micros` is what the caller measured. Bytes of the evidence
// that are not UTF-8 become U+FFFD, so the line is always JSON.
[[nodiscard]] std::string to_json(const Verdict& verdict, double micros);

}  // namespace whistlestop::optout::classify
