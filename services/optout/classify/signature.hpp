#pragma once
// Signature: what a phone or a person puts below a message ("Sent from my iPhone", "(Sent with Slam Effect)", "Best,
// Ann").

#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

// Cuts it off the end of the words; says whether there was one. A message that is nothing else stays.
[[nodiscard]] bool cut_device_signature(Text& text);

// Cuts a closing sentence and the name below it; sentences must be marked. Words that we know are never a name.
void cut_closing(Text& text);

}  // namespace whistlestop::optout::classify
