#pragma once
// Normaliser: bytes in, words in sentences out, with every disguise undone.
//
// Case, accents, look-alikes, fancy letters, invisible characters, spelled-out words ("S T O P", one letter per line),
// leetspeak, repeated letters, glued words ("stoptexting"), typos near a keyword. What is undone depends on what the
// word would become: "st0p" is stop, "b2b" stays. Never fails, never allocates.

#include <string_view>

#include "services/optout/classify/lexicon.hpp"
#include "services/optout/classify/text.hpp"
#include "services/optout/classify/word_set.hpp"

namespace whistlestop::optout::classify {

// Fills `out`. `real_words` are words never to be repaired into another.
void normalise(std::string_view message, const Lexicon& lexicon, const WordSet& real_words, Text& out);

}  // namespace whistlestop::optout::classify
