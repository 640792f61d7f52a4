#pragma once
// Keyword layer: messages that are a carrier's word and nothing else, once their disguise is undone.
//
// Courtesy, greetings, numbers and emoji around the word do not change it ("Stop please 🛑", "STOP 62773"). Words that
// are ordinary inside a sentence (remove, basta, end) count here only because they stand alone.

#include <cstdint>
#include <optional>
#include <string_view>

#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

enum class KeywordKind : std::uint8_t { stop, start, help };

struct KeywordFound {
    KeywordKind kind = KeywordKind::stop;
    std::string_view rule;
    std::uint16_t token = 0;
};

[[nodiscard]] std::optional<KeywordFound> find_keyword(const Text& text);

}  // namespace whistlestop::optout::classify
