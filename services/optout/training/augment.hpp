#pragma once
// Augmentation: the same words as other people would type them, and several things said in one message.

#include <vector>

#include "services/optout/training/grammar.hpp"

namespace whistlestop::optout::classify {

// Typing noise: case, punctuation, slips of the finger, courtesy before or after, emoji, dropped accents.
[[nodiscard]] std::string retype(const std::string& text, Label label, Random& random);

// Adds noisy copies and messages of two or three sentences, whose label is the first in precedence.
void augment(std::vector<Example>& examples, Random& random);

}  // namespace whistlestop::optout::classify
