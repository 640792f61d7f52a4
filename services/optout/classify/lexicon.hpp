#pragma once
// Lexicon: the words whose meaning the rules and the model know, in classes ("a word for texting", "a word for the
// list").
//
// A word may belong to several classes. Words are as the normaliser writes them: lower case, no accents, no
// apostrophes. The lexicon is fixed at build; the model remembers the fingerprint of the one it was trained with.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace whistlestop::optout::classify {

using Classes = std::uint64_t;

enum class WordClass : std::uint8_t {
    keyword,
    keyword_other,
    stop,
    quit_like,
    contact,
    message,
    spam,
    remove,
    off,
    list,
    me,
    number,
    neg,
    dont,
    again,
    never_more,
    life,
    courtesy,
    want,
    pronoun,
    third,
    person,
    you,
    question,
    wrong,
    different,
    death,
    child,
    business,
    start,
    subscribe,
    unsubscribe,
    optin_verb,
    help,
    info,
    identity,
    source,
    legal,
    report,
    consent,
    insult,
    profanity,
    threat,
    sexual,
    dismiss,
    annoyed,
    issue,
    event,
    place,
    vote,
    support,
    oppose,
    candidate,
    family,
    time,
    channel,
    go_on,
    tech,
    money,
    sign,
    ask,
    greet,
    emoji,
    motion,
};
inline constexpr std::size_t word_class_count = static_cast<std::size_t>(WordClass::motion) + 1;
static_assert(word_class_count <= 64);

[[nodiscard]] constexpr Classes bit(WordClass word_class) { return Classes{1} << static_cast<unsigned>(word_class); }

// "contact" -> WordClass::contact; word_class_count if there is none of that name.
[[nodiscard]] std::size_t word_class_named(std::string_view name);
[[nodiscard]] std::string_view name_of(WordClass word_class);

// FNV-1a with a final mix; never 0.
[[nodiscard]] constexpr std::uint64_t word_hash(std::string_view word) {
    std::uint64_t h = 0xcbf29ce484222325;
    for (const char c : word) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    h ^= h >> 29;
    return h | 1;
}

class Lexicon {
public:
    struct Entry {
        std::uint64_t hash = 0;  // 0: free
        Classes classes = 0;
        std::uint32_t id = 0;
    };

    Lexicon();

    // Null if the word is not known.
    [[nodiscard]] const Entry* find(std::uint64_t hash) const {
        for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].hash == hash) return &slots_[at];
            if (slots_[at].hash == 0) return nullptr;
        }
    }
    [[nodiscard]] const Entry* find(std::string_view word) const { return find(word_hash(word)); }

    // Makes the word known (with no class, if it is new) and answers its id. For the rules, at construction.
    std::uint32_t intern(std::string_view word);

    [[nodiscard]] std::uint32_t size() const { return next_id_; }

private:
    void add(std::string_view word, Classes classes);
    Entry& slot_of(std::uint64_t hash);

    std::vector<Entry> slots_;
    std::size_t mask_ = 0;
    std::uint32_t next_id_ = 1;
};

struct ClassWords {
    WordClass word_class;
    std::string_view words;  // separated by blanks
};
// The table itself.
[[nodiscard]] std::span<const ClassWords> lexicon_table();

}  // namespace whistlestop::optout::classify
