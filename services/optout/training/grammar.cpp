#include "services/optout/training/grammar.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

#include "common/base/check.hpp"

namespace whistlestop::optout::classify {
namespace {

constexpr int depth_max = 8;
constexpr std::size_t variety_max = 1'000'000;

// The choices inside the brackets that open at `pattern[0]`, and where they close.
std::vector<std::string_view> choices(std::string_view pattern, std::size_t& close) {
    std::vector<std::string_view> out;
    std::size_t from = 1;
    int depth = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '(') ++depth;
        if (pattern[i] == ')') --depth;
        if ((pattern[i] == '|' && depth == 1) || depth == 0) {
            out.push_back(pattern.substr(from, i - from));
            from = i + 1;
        }
        if (depth == 0) {
            close = i;
            return out;
        }
    }
    close = pattern.size() - 1;
    return out;
}

std::size_t largest_choice(std::string_view pattern) {
    std::size_t largest = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '(') continue;
        std::size_t close = 0;
        largest = std::max(largest, choices(pattern.substr(i), close).size());
        i += close;
    }
    return largest;
}

// Blanks that an empty choice left behind.
std::string tidy(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ';
        if (blank && (out.empty() || out.back() == ' ' || out.back() == '\n')) continue;
        if ((c == ',' || c == '.' || c == '!' || c == '?') && !out.empty() && out.back() == ' ') out.pop_back();
        out += c;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// `label lang kind`
bool read_head(const std::string& line, Example& into) {
    std::istringstream words{line};
    std::string label;
    words >> label >> into.lang >> into.kind;
    const auto known = label_named(label);
    if (!known || into.kind.empty()) return false;
    into.label = *known;
    return true;
}

// On purpose, or in a hurry: who asks out writes "unsuscribe", and so do many.
bool is_misspelt(const Example& head) {
    return head.label == Label::opt_out || head.kind.contains("typo") || head.kind.contains("disguise");
}

}  // namespace

Result<Label> label_named(std::string_view name) {
    const auto at = std::ranges::find(label_names, name);
    if (at == label_names.end()) return fail(Fault::invalid, fmt::format("no label \"{}\"", name));
    return static_cast<Label>(at - label_names.begin());
}

Result<void> Grammar::read(std::string_view name, std::string_view content) {
    std::istringstream lines{std::string{content}};
    std::string line;
    std::string slot;
    Example head;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.empty() || line.starts_with("//")) continue;
        if (line.starts_with("@slot ")) {
            slot = line.substr(6);
        } else if (line.starts_with("# ")) {
            slot.clear();
            if (!read_head(line.substr(2), head))
                return fail(Fault::invalid, fmt::format("{}:{}: bad kind", name, number));
        } else if (!slot.empty()) {
            slots_[slot].push_back(line);
        } else if (head.kind.empty() || std::ranges::count(line, '(') != std::ranges::count(line, ')')) {
            return fail(Fault::invalid, fmt::format("{}:{}: unbalanced", name, number));
        } else {
            head.phrase = static_cast<std::uint32_t>(phrases_.size());
            phrases_.push_back({head, line});
        }
    }
    return {};
}

std::string Grammar::one(std::string_view pattern, Random& random, const Turn& turn, int depth) const {
    check(depth < depth_max);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '(') {
            std::size_t close = 0;
            const auto options = choices(pattern.substr(i), close);
            const bool in_turn = options.size() == turn.largest;
            out += one(options[in_turn ? turn.number % options.size() : below(random, options.size())], random, turn,
                       depth + 1);
            i += close;
        } else if (pattern[i] == '{') {
            const std::size_t close = pattern.find('}', i);
            const auto slot = slots_.find(pattern.substr(i + 1, close - i - 1));
            if (slot == slots_.end()) fmt::print(stderr, "no slot in: {}\n", pattern);
            check(slot != slots_.end());
            out += one(slot->second[below(random, slot->second.size())], random, turn, depth + 1);
            i = close;
        } else if (pattern.substr(i).starts_with("\\n")) {
            out += '\n';
            ++i;
        } else {
            out += pattern[i];
        }
    }
    return out;
}

std::size_t Grammar::variety(std::string_view pattern, int depth) const {
    check(depth < depth_max);
    std::size_t total = 1;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        std::size_t here = 0;
        if (pattern[i] == '(') {
            std::size_t close = 0;
            for (const auto option : choices(pattern.substr(i), close)) here += variety(option, depth + 1);
            i += close;
        } else if (pattern[i] == '{') {
            const std::size_t close = pattern.find('}', i);
            const auto slot = slots_.find(pattern.substr(i + 1, close - i - 1));
            if (slot == slots_.end()) fmt::print(stderr, "no slot in: {}\n", pattern);
            check(slot != slots_.end());
            for (const auto& option : slot->second) here += variety(option, depth + 1);
            i = close;
        } else {
            continue;
        }
        total = std::min(total * std::max<std::size_t>(here, 1), variety_max);
    }
    return total;
}

std::vector<std::string> Grammar::wording() const {
    std::vector<std::string> out;
    const auto add = [&](std::string text, std::size_t times) {
        std::ranges::replace_if(
            text, [](char c) { return c == '(' || c == ')' || c == '|' || c == '{' || c == '}'; }, ' ');
        out.insert(out.end(), times, text);
    };
    constexpr std::size_t weighed = 2;
    for (const auto& [name, options] : slots_)
        for (const std::string& option : options) add(option, weighed);
    for (const auto& [head, pattern] : phrases_)
        if (!is_misspelt(head)) add(pattern, pattern.contains('(') ? weighed : 1);
    return out;
}

std::vector<Example> Grammar::expand(Random& random) const {
    std::vector<Example> out;
    for (const Phrase& phrase : phrases_) {
        const std::size_t total = variety(phrase.pattern, 0);
        const std::size_t largest = largest_choice(phrase.pattern);
        const auto spread = 3 + static_cast<std::size_t>(2 * std::log2(static_cast<double>(total)));
        const auto wanted = std::min(total, std::max(spread, largest));
        std::set<std::string> seen;
        for (std::size_t tries = 0; seen.size() < wanted && tries < wanted * 4; ++tries) {
            seen.insert(tidy(one(phrase.pattern, random, {tries, largest}, 0)));
        }
        for (const auto& text : seen) {
            if (text.empty()) continue;
            out.push_back(phrase.head);
            out.back().text = text;
            // A phrase counts as much as its variety promises, not as often as it was drawn.
            out.back().weight = std::sqrt(static_cast<float>(seen.size())) * 1.5F / static_cast<float>(seen.size());
        }
    }
    return out;
}

}  // namespace whistlestop::optout::classify
