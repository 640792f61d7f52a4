#include "services/optout/classify/rules.hpp"

#include <algorithm>
#include <bit>
#include <bitset>
#include <string>

#include "common/base/check.hpp"
#include "common/base/hash.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr std::size_t rules_max = 256;

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
        patterns_.back().over_commas = rule.effect != Effect::guard || rule.pattern.find(',') != std::string_view::npos;
    }
    by_class_.resize(word_class_count);
    by_word_.resize(lexicon.size());
    for (std::size_t i = 0; i < patterns_.size(); ++i) index(i);
}

Rules::Pattern Rules::compile(std::string_view pattern, Lexicon& lexicon) {
    Pattern compiled;
    while (!pattern.empty()) {
        std::string_view part = take_until(pattern, ' ');
        if (part.empty()) continue;
        if (part == ",") continue;
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
    check(!compiled.elements.empty() && compiled.elements[0].gap == 0);
    check(compiled.at_start || !compiled.elements[0].optional);
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

void Rules::index(std::size_t rule) {
    const Element& first = patterns_[rule].elements[0];
    const auto number = static_cast<std::uint16_t>(rule);
    if (patterns_[rule].at_start) {
        at_start_.push_back(number);
        return;
    }
    for (std::size_t c = 0; c < word_class_count; ++c) {
        if ((first.classes >> c & 1) != 0) by_class_[c].push_back(number);
    }
    for (std::size_t w = 0; w < first.word_count; ++w) by_word_[first.words[w]].push_back(number);
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
    if (pattern.at_end) return (reached >> left & 1) != 0 && at + left == in.last ? in.last + std::size_t{1} : 0;
    return at + static_cast<std::size_t>(std::countr_zero(reached)) + 1;
}

void Rules::match(const Text& text, RuleHits& out) const {
    out.count = 0;
    for (std::uint16_t s = 0; s < text.sentence_count; ++s) {
        const Sentence& sentence = text.sentences[s];
        std::bitset<rules_max> tried_out;
        const std::size_t first_hit = out.count;
        bool guarded = false;
        const auto attempt = [&](std::uint16_t rule, std::size_t at) {
            const Pattern& pattern = patterns_[rule];
            if (tried_out[rule]) return;
            const std::size_t end = match_from(pattern, text, sentence, at);
            if (end == 0 || out.count == RuleHits::hits_max) return;
            tried_out[rule] = true;
            guarded = guarded || pattern.effect == Effect::guard;
            out.hits[out.count++] = {
                rule, s, static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(end - 1), pattern.effect, false};
        };
        for (std::size_t at = sentence.first; at < sentence.last; ++at) {
            const Token& token = text.tokens[at];
            if (at == sentence.first || token.after_comma)
                for (const std::uint16_t rule : at_start_) attempt(rule, at);
            for (Classes open = token.classes; open != 0; open &= open - 1)
                for (const std::uint16_t rule : by_class_[static_cast<std::size_t>(std::countr_zero(open))])
                    attempt(rule, at);
            if (token.id == 0) continue;
            for (const std::uint16_t rule : by_word_[token.id]) attempt(rule, at);
        }
        if (!guarded) continue;
        for (std::size_t i = first_hit; i < out.count; ++i) {
            out.hits[i].silenced = out.hits[i].effect == Effect::optout;
        }
    }
}

std::uint32_t Rules::fingerprint() {
    std::string all;
    for (const Rule& rule : rule_table()) all.append(rule.id).append(rule.pattern);
    for (const auto& [word_class, words] : lexicon_table()) all.append(name_of(word_class)).append(words);
    return crc32c(all);
}

}  // namespace whistlestop::optout::classify
