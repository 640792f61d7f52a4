#pragma once
// Keywords: messages that are one of the exact words by which carriers and the law let people say stop, start or help.
//
// The whole message has to be the word: in any case, with any blanks, invisible characters and punctuation around it,
// and any blanks between its parts ("  \"Opt   Out!!\" "). A word inside a sentence, with an emoji or misspelt is none:
// that is for the classifier. Never allocates; any bytes may come.

#include <cstdint>
#include <span>
#include <string_view>

namespace whistlestop::optout {

enum class Keyword : std::uint8_t { none, stop, start, help };

struct Match {
    Keyword keyword = Keyword::none;
    std::string_view word;  // as the table spells it, for ever valid; empty with none

    friend bool operator==(const Match&, const Match&) = default;
};

[[nodiscard]] Match match_keyword(std::string_view utf8);

struct KeywordRow {
    std::string_view word;  // lower case, parts separated by one blank
    Keyword keyword = Keyword::none;
    std::string_view source;
};

// Every keyword there is.
[[nodiscard]] std::span<const KeywordRow> keyword_table();

}  // namespace whistlestop::optout
