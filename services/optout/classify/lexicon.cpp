#include "services/optout/classify/lexicon.hpp"

#include <array>

#include "common/base/check.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::array<std::string_view, word_class_count> names{
    "keyword",    "keyword_other", "stop",    "quit_like", "contact",   "message", "spam",      "remove",
    "off",        "list",          "me",      "number",    "neg",       "dont",    "again",     "never_more",
    "life",       "courtesy",      "want",    "pronoun",   "third",     "person",  "you",       "question",
    "wrong",      "different",     "death",   "child",     "business",  "start",   "subscribe", "unsubscribe",
    "optin_verb", "help",          "info",    "identity",  "source",    "legal",   "report",    "consent",
    "insult",     "profanity",     "threat",  "sexual",    "dismiss",   "annoyed", "issue",     "event",
    "place",      "vote",          "support", "oppose",    "candidate", "family",  "time",      "channel",
    "continue",   "tech",          "money",   "sign",      "ask",       "greet",   "emoji",     "motion",
};

constexpr std::size_t slot_count = 16'384;

}  // namespace

std::size_t word_class_named(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return i;
    }
    return word_class_count;
}

std::string_view name_of(WordClass word_class) { return names[static_cast<std::size_t>(word_class)]; }

Lexicon::Lexicon() : slots_(slot_count), mask_(slot_count - 1) {
    for (const auto& [word_class, words] : lexicon_table()) {
        std::size_t from = 0;
        while (from < words.size()) {
            const std::size_t end = std::min(words.find(' ', from), words.size());
            if (end > from) add(words.substr(from, end - from), bit(word_class));
            from = end + 1;
        }
    }
}

Lexicon::Entry& Lexicon::slot_of(std::uint64_t hash) {
    std::size_t at = hash & mask_;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask_;
    return slots_[at];
}

void Lexicon::add(std::string_view word, Classes classes) {
    check(next_id_ < slot_count / 2);
    Entry& slot = slot_of(word_hash(word));
    if (slot.hash == 0) slot = {word_hash(word), 0, next_id_++};
    slot.classes |= classes;
}

std::uint32_t Lexicon::intern(std::string_view word) {
    add(word, 0);
    return slot_of(word_hash(word)).id;
}

}  // namespace whistlestop::optout::classify
