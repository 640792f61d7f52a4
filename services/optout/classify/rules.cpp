#include "services/optout/classify/rules.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "common/base/check.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::optout::classify {
namespace {

std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

// From `first` up to and with `last`.
std::uint64_t bits(std::size_t first, std::size_t last) {
    std::uint64_t set = 0;
    for (std::size_t bit = first; bit <= last; ++bit) set |= std::uint64_t{1} << bit;
    return set;
}

}  // namespace

bool Rules::Element::takes(const Token& token) const {
    if ((token.classes & classes) != 0) return true;
    if (token.id == 0 || (word_bits >> (token.id % 64) & 1) == 0) return false;
    const auto end = words.begin() + word_count;
    return std::find(words.begin(), end, token.id) != end;
}

Rules::Rules(Lexicon& lexicon) {
    check(rule_table().size() <= rules_max);
    for (const Rule& rule : rule_table()) {
        patterns_.push_back(compile(rule.pattern, lexicon));
        patterns_.back().effect = rule.effect;
        patterns_.back().over_commas =
            !patterns_.back().of_clause &&
            (rule.effect != Effect::guard || rule.pattern.find(',') != std::string_view::npos);
    }
    by_class_.resize(word_class_count);
    by_word_.resize(1);
    role_of_id_.resize(lexicon.size());
    for (std::size_t i = 0; i < patterns_.size(); ++i) index(i);
}

Rules::Pattern Rules::compile(std::string_view pattern, Lexicon& lexicon) {
    Pattern compiled;
    while (!pattern.empty()) {
        std::string_view part = take_until(pattern, ' ');
        if (part.empty()) continue;
        if (part == ",") continue;
        if (part == ",$") {
            compiled.at_end = compiled.of_clause = true;
            continue;
        }
        if (part == "^") {
            compiled.at_start = true;
            continue;
        }
        if (part == "$") {
            compiled.at_end = true;
            continue;
        }
        Element& element = compiled.elements.emplace_back();
        if (part.starts_with("..")) {
            element.gap = static_cast<std::uint8_t>(part[2] - '0');
            check(part.size() == 3 && element.gap > 0 && element.gap < 10);
            continue;
        }
        element.optional = part.ends_with('?');
        if (element.optional) part.remove_suffix(1);
        while (!part.empty()) add_choice(element, take_until(part, '|'), lexicon);
    }
    check(!compiled.elements.empty());
    check(compiled.at_start || (compiled.elements[0].gap == 0 && !compiled.elements[0].optional));
    return compiled;
}

void Rules::add_choice(Element& element, std::string_view choice, Lexicon& lexicon) {
    if (choice.starts_with('@')) {
        const std::size_t word_class = word_class_named(choice.substr(1));
        check(word_class < word_class_count);
        element.classes |= Classes{1} << word_class;
        return;
    }
    if (choice == "$") {
        element.or_end = true;
        return;
    }
    check(element.word_count < element.words.size());
    const std::uint32_t id = lexicon.intern(choice);
    element.words[element.word_count++] = id;
    element.word_bits |= std::uint64_t{1} << (id % 64);
}

Rules::Set& Rules::Set::operator|=(const Set& other) {
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= other.bits[i];
    return *this;
}

Rules::Set& Rules::Set::operator&=(const Set& other) {
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] &= other.bits[i];
    return *this;
}

void Rules::index(const Element& element, std::size_t rule, Set Roles::* role) {
    for (std::size_t c = 0; c < word_class_count; ++c) {
        if ((element.classes >> c & 1) != 0) (by_class_[c].*role).add(rule);
    }
    for (std::size_t w = 0; w < element.word_count; ++w) {
        std::uint16_t& at = role_of_id_[element.words[w]];
        if (at == 0) {
            at = static_cast<std::uint16_t>(by_word_.size());
            by_word_.emplace_back();
        }
        (by_word_[at].*role).add(rule);
    }
}

void Rules::index(std::size_t rule) {
    const Pattern& pattern = patterns_[rule];
    if (pattern.at_start) {
        at_start_.add(rule);
    } else {
        index(pattern.elements[0], rule, &Roles::first);
    }
    // The later a word stands, the rarer it is.
    std::array<Set Roles::*, 2> left{&Roles::one, &Roles::other};
    std::size_t chosen = 0;
    for (std::size_t i = pattern.elements.size(); i-- > (pattern.at_start ? 0U : 1U) && chosen < left.size();) {
        if (pattern.elements[i].is_needed()) index(pattern.elements[i], rule, left[chosen++]);
    }
    if (chosen < 1) without_one_.add(rule);
    if (chosen < 2) without_other_.add(rule);
}

Rules::Set Rules::open_in(const Text& text, const Sentence& sentence) const {
    Set one = without_one_;
    Set other = without_other_;
    Classes seen = 0;
    for (std::size_t i = sentence.first; i < sentence.last; ++i) {
        const Token& token = text.tokens[i];
        seen |= token.classes;
        if (token.id == 0 || role_of_id_[token.id] == 0) continue;
        const Roles& roles = by_word_[role_of_id_[token.id]];
        one |= roles.one;
        other |= roles.other;
    }
    for (; seen != 0; seen &= seen - 1) {
        const Roles& roles = by_class_[static_cast<std::size_t>(std::countr_zero(seen))];
        one |= roles.one;
        other |= roles.other;
    }
    one &= other;
    return one;
}

Rules::Set Rules::begun_by(const Text& text, const Sentence& sentence, std::size_t at) const {
    const Token& token = text.tokens[at];
    Set begun = at == sentence.first || token.after_comma ? at_start_ : Set{};
    if (token.id != 0) begun |= by_word_[role_of_id_[token.id]].first;
    for (Classes open = token.classes; open != 0; open &= open - 1)
        begun |= by_class_[static_cast<std::size_t>(std::countr_zero(open))].first;
    return begun;
}

std::size_t Rules::match_from(const Pattern& pattern, const Text& text, const Sentence& in, std::size_t at) const {
    // A set of positions, as bits relative to `at`, is carried through the elements: no recursion, no backtracking.
    // A guard stays within its clause: in "no thanks, take me off" the "no" is not about the taking.
    std::size_t left = std::min<std::size_t>(in.last - at, 63);
    for (std::size_t p = 1; !pattern.over_commas && p < left; ++p) {
        if (text.tokens[at + p].after_comma) left = p;
    }
    const auto step = [&](const Element& element, std::size_t position) -> std::uint64_t {
        const std::uint64_t here = std::uint64_t{1} << position;
        if (element.gap > 0) return bits(position, std::min(position + element.gap, left));
        if (position == left) return element.or_end ? here : 0;
        return element.takes(text.tokens[at + position]) ? here << 1 : 0;
    };
    std::uint64_t reached = 1;
    for (const Element& element : pattern.elements) {
        std::uint64_t next = element.optional ? reached : 0;
        for (std::uint64_t open = reached; open != 0; open &= open - 1)
            next |= step(element, static_cast<std::size_t>(std::countr_zero(open)));
        if (next == 0) return 0;
        reached = next;
    }
    if (pattern.at_end) {
        const bool ended = pattern.of_clause || at + left == in.last;
        return ended && (reached >> left & 1) != 0 ? at + left + 1 : 0;
    }
    return at + static_cast<std::size_t>(std::countr_zero(reached)) + 1;
}

namespace {

// The hits of one sentence, a guard among them.
void silence(std::span<RuleHit> hits) {
    const auto lifts = [](const RuleHit& lift, const RuleHit& guard) {
        return lift.effect == Effect::lift && lift.first <= guard.first && guard.last <= lift.last;
    };
    bool guarded = false;
    for (RuleHit& hit : hits) {
        if (hit.effect != Effect::guard) continue;
        hit.silenced = std::ranges::any_of(hits, [&](const RuleHit& other) { return lifts(other, hit); });
        guarded = guarded || !hit.silenced;
    }
    for (RuleHit& hit : hits)
        if (hit.effect == Effect::optout) hit.silenced = guarded;
}

}  // namespace

void Rules::match(const Text& text, RuleHits& out) const {
    out.count = 0;
    for (std::uint16_t s = 0; s < text.sentence_count; ++s) {
        const Sentence& sentence = text.sentences[s];
        const std::size_t first_hit = out.count;
        Set open = open_in(text, sentence);
        bool guarded = false;
        const auto attempt = [&](std::size_t rule, std::size_t at) {
            const Pattern& pattern = patterns_[rule];
            const std::size_t end = match_from(pattern, text, sentence, at);
            if (end == 0 || out.count == RuleHits::hits_max) return;
            open.remove(rule);
            guarded = guarded || pattern.effect == Effect::guard;
            out.hits[out.count++] = {static_cast<std::uint16_t>(rule),
                                     s,
                                     static_cast<std::uint16_t>(at),
                                     static_cast<std::uint16_t>(end - 1),
                                     pattern.effect,
                                     false};
        };
        for (std::size_t at = sentence.first; at < sentence.last; ++at) {
            Set here = begun_by(text, sentence, at);
            here &= open;
            for (std::size_t word = 0; word < here.bits.size(); ++word)
                for (std::uint64_t left = here.bits[word]; left != 0; left &= left - 1)
                    attempt(word * 64 + static_cast<std::size_t>(std::countr_zero(left)), at);
        }
        if (guarded) silence({out.hits.data() + first_hit, out.count - first_hit});
    }
}

std::uint32_t Rules::fingerprint() {
    std::string all;
    for (const Rule& rule : rule_table()) all.append(rule.id).append(rule.pattern);
    for (const auto& [word_class, words] : lexicon_table()) all.append(name_of(word_class)).append(words);
    return crc32c(all);
}

}  // namespace whistlestop::optout::classify
