#pragma once
// Rules: the phrases that a campaign's lawyer can read, and the machine that finds them.
//
// A pattern is a row of words inside one sentence: `word`, `one|other`, `@class` (see lexicon), `?` after one that may
// be missing, `..3` for up to three words of any kind, `^` the beginning of the sentence or of a clause after
// a comma, `$` the end of the sentence, `,$` that of a clause; a
// choice `$` is content with the end.
// A guard silences every opt-out rule of its sentence: "don't stop texting me" holds "stop texting". It does not reach
// over a comma unless its pattern holds one. A lift takes the guards away that lie inside of it: "if you don't stop".

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "services/optout/classify/lexicon.hpp"
#include "services/optout/classify/text.hpp"

namespace whistlestop::optout::classify {

enum class Effect : std::uint8_t { optout, guard, lift, opt_in, wrong_number, help, abuse, normal };

struct Rule {
    std::string_view id;
    Effect effect;
    std::string_view pattern;
    std::string_view reason;   // why, or where it comes from
    std::string_view example;  // a message on which it fires
    std::string_view counter;  // one that looks like it and on which it does not decide
};
[[nodiscard]] std::span<const Rule> rule_table();

struct RuleHit {
    std::uint16_t rule = 0;  // in rule_table()
    std::uint16_t sentence = 0;
    std::uint16_t first = 0;  // tokens of the match
    std::uint16_t last = 0;   // one past the end
    Effect effect = Effect::optout;
    bool silenced = false;  // an opt-out rule by a guard of its sentence, a guard by a lift
};

struct RuleHits {
    static constexpr std::size_t hits_max = 64;
    std::array<RuleHit, hits_max> hits;
    std::uint16_t count = 0;

    [[nodiscard]] std::span<const RuleHit> all() const { return {hits.data(), count}; }
};

class Rules {
public:
    // Makes every word of the patterns known to `lexicon`. A pattern that cannot be read is our own bug.
    explicit Rules(Lexicon& lexicon);

    // At most one hit per rule and sentence.
    void match(const Text& text, RuleHits& out) const;

    // Changes whenever a rule or the lexicon does: the model is only good for what it was trained with.
    [[nodiscard]] static std::uint32_t fingerprint();

private:
    struct Element {
        Classes classes = 0;
        std::array<std::uint32_t, 40> words{};  // ids
        std::uint8_t word_count = 0;
        std::uint64_t word_bits = 0;  // of the ids, modulo 64: a quick no
        std::uint8_t gap = 0;         // up to so many words of any kind; then nothing else is set
        bool optional = false;
        bool or_end = false;  // `$` among the choices: the end of the sentence will do

        [[nodiscard]] bool takes(const Token& token) const;
        [[nodiscard]] bool is_needed() const { return gap == 0 && !optional && !or_end; }
    };
    struct Pattern {
        std::vector<Element> elements;
        bool at_start = false;
        bool at_end = false;
        bool of_clause = false;  // at_end is that of a clause
        bool over_commas = true;
        Effect effect = Effect::optout;
    };

    // A set of rules.
    static constexpr std::size_t rules_max = 320;
    struct Set {
        std::array<std::uint64_t, rules_max / 64> bits{};

        void add(std::size_t rule) { bits[rule / 64] |= std::uint64_t{1} << (rule % 64); }
        void remove(std::size_t rule) { bits[rule / 64] &= ~(std::uint64_t{1} << (rule % 64)); }
        Set& operator|=(const Set& other);
        Set& operator&=(const Set& other);
    };
    // What a word may be for rules: the first word, and two of those that no match goes without.
    struct Roles {
        Set first;
        Set one;
        Set other;
    };

    Pattern compile(std::string_view pattern, Lexicon& lexicon);
    void add_choice(Element& element, std::string_view choice, Lexicon& lexicon);
    void index(std::size_t rule);
    void index(const Element& element, std::size_t rule, Set Roles::* role);
    // The rules that may match in a sentence at all.
    [[nodiscard]] Set open_in(const Text& text, const Sentence& sentence) const;
    [[nodiscard]] Set begun_by(const Text& text, const Sentence& sentence, std::size_t at) const;
    // Where the match ends that begins at token `at`, as its number plus one; 0 if there is none.
    [[nodiscard]] std::size_t match_from(const Pattern& pattern, const Text& text, const Sentence& in,
                                         std::size_t at) const;

    std::vector<Pattern> patterns_;
    Set at_start_;     // rules for the beginning of a sentence or clause only
    Set without_one_;  // rules that need fewer words
    Set without_other_;
    std::vector<Roles> by_class_;
    std::vector<Roles> by_word_;             // of the words that some pattern names
    std::vector<std::uint16_t> role_of_id_;  // of a word's id, in by_word_; 0: none
};

}  // namespace whistlestop::optout::classify
