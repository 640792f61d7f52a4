#pragma once
// Repair: the second half of the normaliser. Undoes disguises, one pass each, on the scanned words.

#include "services/optout/classify/lexicon.hpp"
#include "services/optout/classify/text.hpp"
#include "services/optout/classify/word_set.hpp"

namespace whistlestop::optout::classify {

// Looks every word up, repairs those that are not real words, and looks the repaired ones up.
void repair(const Lexicon& lexicon, const WordSet& real_words, Text& text);

}  // namespace whistlestop::optout::classify
