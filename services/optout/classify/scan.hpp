#pragma once
// Scanner: the first half of the normaliser. Splits what a person wrote into folded words and marks where sentences
// end.

#include <string_view>

#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

// Appends the tokens of `part`, a view into a message that begins at `message_begin`.
void scan(std::string_view part, const char* message_begin, Text& out);

// Makes the letters of a token those of `word` and its hash follow. Nothing changes if the buffer is full.
void set_word(Text& text, Token& token, std::string_view word);

}  // namespace whistlestop::optout::classify
