#include "services/optout/training/augment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace whistlestop::optout::classify {
namespace {

using std::string;
using std::string_view;

template <std::size_t n>
string_view pick(const std::array<string_view, n>& from, Random& random) {
    return from[below(random, n)];
}

constexpr std::array<string_view, 16> before_any{"Hi ",     "hey ",   "Hello, ", "ok ",   "um ",  "so ",
                                                 "lol ",    "sorry ", "Hi, ",    "well ", "Ok, ", "yo ",
                                                 "Hello. ", "oh ",    "look, ",  "and "};
constexpr std::array<string_view, 10> after_any{" lol", " ok", " thx", " thank you", " thanks",
                                                "...",  "!",   "!!",   " 🙏",        " please"};
constexpr std::array<string_view, 10> before_request{"please ", "pls ",    "Please, ", "plz ", "can you please ",
                                                     "just ",   "I said ", "kindly ",  "omg ", "seriously "};
constexpr std::array<string_view, 14> after_request{
    " please", " now",     " pls", " immediately", " thank you", " asap",     "!!!",
    " thanks", " already", " 🛑",  " 😡",          " dammit",    " for good", ""};
constexpr std::array<string_view, 10> before_es{"hola ", "oiga ",     "por favor ", "buenas ", "mire ",
                                                "ya ",   "disculpe ", "ay ",        "señor ",  "oye "};
constexpr std::array<string_view, 8> after_es{" por favor", " gracias", " porfa", " ok", "!", " ya", "...", " 🙏"};
constexpr std::array<string_view, 6> neighbours_of{"qwertyuiop", "asdfghjkl", "zxcvbnm", "", "", ""};

char neighbour(char c, Random& random) {
    for (const string_view row : neighbours_of) {
        const std::size_t at = row.find(c);
        if (at == string_view::npos) continue;
        if (at == 0) return row[1];
        if (at + 1 == row.size()) return row[at - 1];
        return row[chance(random, 50) ? at - 1 : at + 1];
    }
    return c;
}

string slip(string text, Random& random) {
    if (text.size() < 6) return text;
    const std::size_t at = 1 + below(random, text.size() - 2);
    const auto plain = [](char c) { return c >= 'a' && c <= 'z'; };
    if (!plain(text[at]) || !plain(text[at - 1])) return text;
    switch (below(random, 4)) {
        case 0: std::swap(text[at], text[at - 1]); break;
        case 1: text.erase(at, 1); break;
        case 2: text.insert(at, 1, text[at]); break;
        default: text[at] = neighbour(text[at], random);
    }
    return text;
}

// How a hurried or an unschooled hand writes: vowels dropped, double letters single, k for c, d for th.
string by_ear(const string& text, Random& random) {
    string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool inside = i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
        const bool vowel = c == 'e' || c == 'a' || c == 'o' || c == 'u' || c == 'i';
        if (inside && vowel && chance(random, 12)) continue;
        if (inside && c == text[i - 1] && chance(random, 50)) continue;
        if (inside && c == 'e' && text[i + 1] == ' ' && chance(random, 30)) continue;
        out += c;
    }
    return out;
}

string change_case(string text, Random& random) {
    const unsigned style = static_cast<unsigned>(below(random, 3));
    if (style == 0)
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (style == 1)
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

string drop_punctuation(const string& text) {
    string out;
    for (const char c : text) {
        if (c != '.' && c != ',' && c != '!' && c != '?' && c != '\'') out += c;
    }
    return out;
}

string replace_all(string text, string_view what, string_view with) {
    for (std::size_t at = text.find(what); at != string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

string abbreviate(string text, Random& random) {
    constexpr std::array<std::pair<string_view, string_view>, 12> shorts{{{" you ", " u "},
                                                                          {" your ", " ur "},
                                                                          {" are ", " r "},
                                                                          {"please", "plz"},
                                                                          {"text", "txt"},
                                                                          {" to ", " 2 "},
                                                                          {" because ", " bc "},
                                                                          {" people ", " ppl "},
                                                                          {"message", "msg"},
                                                                          {" for ", " 4 "},
                                                                          {"going to", "gonna"},
                                                                          {"want to", "wanna"}}};
    for (const auto& [what, with] : shorts) {
        if (chance(random, 50)) text = replace_all(std::move(text), what, with);
    }
    return text;
}

const Example& any_of(const std::vector<Example>& all, Random& random) { return all[below(random, all.size())]; }

bool joinable(const Example& e) {
    return e.text.size() < 160 && (e.lang == "en" || e.lang == "es") && e.kind.find("tapback") == string::npos &&
           e.kind.find("auto") == string::npos && e.kind.find("lookalike") == string::npos &&
           e.kind.find("gray") == string::npos && e.kind.find("solo") == string::npos &&
           e.kind.find("mixed") == string::npos;
}

string end_of(const string& text, Random& random) {
    constexpr std::array<string_view, 6> ends{". ", "! ", ", ", "\n", " ", ". "};
    if (text.ends_with('.') || text.ends_with('!') || text.ends_with('?'))
        return text + (chance(random, 85) ? " " : "\n");
    return text + string{pick(ends, random)};
}

}  // namespace

string retype(const string& text, Label label, Random& random) {
    string out = text;
    if (chance(random, 35)) out = change_case(out, random);
    if (chance(random, 25)) out = drop_punctuation(out);
    if (chance(random, 20)) out = abbreviate(out, random);
    if (chance(random, 15)) out = slip(out, random);
    if (chance(random, 8)) out = by_ear(out, random);
    const bool request = label == Label::opt_out;
    if (chance(random, 15)) out = string{request ? pick(before_request, random) : pick(before_any, random)} + out;
    if (chance(random, 20)) out += request ? pick(after_request, random) : pick(after_any, random);
    return out;
}

namespace {

string retype_spanish(const string& text, Random& random) {
    string out = text;
    if (chance(random, 35)) out = change_case(out, random);
    if (chance(random, 25)) out = drop_punctuation(out);
    if (chance(random, 12)) out = slip(out, random);
    if (chance(random, 8)) out = by_ear(out, random);
    if (chance(random, 15)) out = string{pick(before_es, random)} + out;
    if (chance(random, 20)) out += pick(after_es, random);
    return out;
}

void add_retyped(std::vector<Example>& out, const Example& e, Random& random) {
    if (e.lang != "en" && e.lang != "es" && e.lang != "en-es") return;
    if (e.kind.find("tapback") != string::npos || e.kind.find("solo") != string::npos) return;
    Example copy = e;
    copy.text = e.lang == "es" ? retype_spanish(e.text, random) : retype(e.text, e.label, random);
    copy.weight *= 0.6F;
    if (copy.text != e.text) out.push_back(copy);
}

}  // namespace

// A word that no lexicon knows and that says nothing, from pieces of real ones.
string made_up(Random& random) {
    constexpr std::array<string_view, 28> pieces{"ba",  "cor", "lin", "ter", "mo",  "wil", "den", "ra",  "sti", "gam",
                                                 "per", "lo",  "ven", "ki",  "shu", "ton", "ser", "fla", "dri", "ner",
                                                 "ing", "ly",  "er",  "est", "us",  "chi", "qua", "ble"};
    string word;
    for (std::size_t n = 1 + below(random, 3); n > 0; --n) word += pick(pieces, random);
    return word.size() < 3 ? word + "ck" : word;
}

string sprinkle(string text, Random& random) {
    for (std::size_t n = 1 + below(random, 3); n > 0; --n) {
        std::size_t at = text.find(' ', below(random, text.size() + 1));
        if (at == string::npos) at = text.size();
        text.insert(at, " " + made_up(random));
    }
    return text;
}

// Long talk: several ordinary sentences, sometimes with a request among them.
Example chain(const std::vector<Example>& ordinary, const std::vector<Example>& requests, Random& random) {
    Example out = any_of(ordinary, random);
    const bool request = chance(random, 35);
    const std::size_t parts = 3 + below(random, 4);
    const std::size_t where = below(random, parts);
    out.text.clear();
    for (std::size_t i = 0; i < parts; ++i) {
        const Example* part = &any_of(request && i == where ? requests : ordinary, random);
        while (part->lang != out.lang) part = &any_of(request && i == where ? requests : ordinary, random);
        out.text = out.text.empty() ? part->text : end_of(out.text, random) + part->text;
        if (request && i == where) {
            out.label = Label::opt_out;
            out.kind = part->kind;
            out.phrase = part->phrase;
        }
    }
    if (chance(random, 40)) out.text = sprinkle(out.text, random);
    if (chance(random, 30)) out.text = change_case(out.text, random);
    out.weight = 0.4F;
    return out;
}

// Pieces of ordinary messages in any order: whatever is not put as a request is none.
Example salad(const std::vector<Example>& ordinary, Random& random) {
    Example out = any_of(ordinary, random);
    const std::size_t pieces = 1 + below(random, 9);
    out.text.clear();
    for (std::size_t i = 0; i < pieces; ++i) {
        const string& from = any_of(ordinary, random).text;
        std::size_t begin = from.rfind(' ', below(random, from.size() + 1));
        begin = begin == string::npos ? 0 : begin + 1;
        std::size_t end = begin;
        for (std::size_t words = 1 + below(random, 4); words > 0 && end != string::npos; --words)
            end = from.find(' ', end + 1);
        if (!out.text.empty()) out.text += chance(random, 20) ? ". " : " ";
        out.text += from.substr(begin, end == string::npos ? end : end - begin);
    }
    if (chance(random, 60)) out.text = sprinkle(out.text, random);
    out.weight = 0.6F;
    return out;
}

void augment(std::vector<Example>& examples, Random& random) {
    const std::vector<Example> plain = examples;
    std::vector<Example> parts;
    std::vector<Example> requests;
    std::vector<Example> ordinary;
    for (const Example& e : plain) {
        if (!joinable(e)) continue;
        parts.push_back(e);
        if (e.label == Label::opt_out) requests.push_back(e);
        if (e.label == Label::normal) ordinary.push_back(e);
    }
    for (const Example& e : plain) {
        add_retyped(examples, e, random);
        if (chance(random, 40)) add_retyped(examples, e, random);
        if (chance(random, 25) && e.text.find(' ') != string::npos && joinable(e)) {
            examples.push_back(e);
            examples.back().text = sprinkle(e.text, random);
            examples.back().weight *= 0.6F;
        }
    }
    for (const Example& first : parts) {
        if (!chance(random, 35)) continue;
        const Example& second = chance(random, 15) ? any_of(requests, random) : any_of(parts, random);
        if (first.lang != second.lang) continue;
        Example joined = chance(random, 50) ? first : second;
        joined.label = std::min(first.label, second.label);
        joined.kind = first.label <= second.label ? first.kind : second.kind;  // held out with what decides it
        joined.phrase = first.label <= second.label ? first.phrase : second.phrase;
        joined.text = end_of(first.text, random) + second.text;
        joined.weight = 0.5F * std::min(first.weight, second.weight);
        examples.push_back(joined);
    }
    for (std::size_t i = 0; i < plain.size() / 6; ++i) examples.push_back(chain(ordinary, requests, random));
    for (std::size_t i = 0; i < plain.size() / 2; ++i) examples.push_back(salad(ordinary, random));
}

}  // namespace whistlestop::optout::classify
