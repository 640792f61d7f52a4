#pragma once
// Spelling: which keyword a mistyped word stands for.

#include <cstdint>
#include <string_view>

namespace whistlestop::optout::classify {

// Swaps, drops, doubles and slips that turn one word into the other (Damerau-Levenshtein, adjacent swaps only), or 3 if
// more than two. Both words at most 16 letters.
[[nodiscard]] unsigned edit_distance(std::string_view a, std::string_view b);

enum class Context : std::uint8_t {
    short_message,  // at most three words that are not courtesy: nearly every typo is a keyword's
    sentence,       // only words long enough that a slip cannot make them another word
};

// The word that `word` (not a real one) is a typo of; empty if none is near.
[[nodiscard]] std::string_view corrected(std::string_view word, Context context);

}  // namespace whistlestop::optout::classify
