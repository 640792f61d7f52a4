#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/optout/classify/classifier.hpp"

namespace whistlestop::optout::classify {
namespace {

using std::string;
using std::string_view;

string phrase(const Text& text, std::size_t first, std::size_t last) {
    string out;
    for (std::size_t i = first; i < last && i < text.token_count; ++i) {
        if (!out.empty()) out += ' ';
        out += text.word(i);
    }
    return out;
}

string_view meaning_of(Action action) {
    switch (action) {
        case Action::optout: return "OPTOUT: texts stop at once, and one confirmation goes";
        case Action::review: return "REVIEW: a person has to read this";
        case Action::none: return "NONE: the texts go on";
    }
    return "";
}

string_view meaning_of(Effect effect) {
    switch (effect) {
        case Effect::optout: return "asks out";
        case Effect::guard: return "only looks like it";
        case Effect::lift: return "asks all the same";
        case Effect::opt_in: return "asks in";
        case Effect::wrong_number: return "wrong number";
        case Effect::help: return "asks for help";
        case Effect::abuse: return "insults";
        case Effect::normal: return "ordinary";
    }
    return "";
}

string classes_of(const Token& token) {
    string out;
    for (std::size_t c = 0; c < word_class_count; ++c) {
        const auto word_class = static_cast<WordClass>(c);
        if (token.is(word_class)) out += fmt::format("{}{}", out.empty() ? "" : " ", name_of(word_class));
    }
    return out;
}

void explain_text(const Text& text, string& out) {
    string read = to_string(text);
    std::ranges::replace(read, '\n', '/');
    out += fmt::format("\n1 read as    {}{}{}\n", read, text.repaired ? "   (a disguise or a slip undone)" : "",
                       text.quoted ? "   (our own footer left out)" : "");
    for (std::size_t i = 0; i < text.token_count; ++i)
        if (text.tokens[i].classes != 0)
            out += fmt::format("             {:14} {}\n", text.word(i), classes_of(text.tokens[i]));
}

void explain_rules(const Scratch& scratch, string& out) {
    string_view head = "3 phrases";
    if (scratch.hits.count == 0) out += fmt::format("{:13}none\n", head);
    for (const RuleHit& hit : scratch.hits.all()) {
        const Rule& rule = rule_table()[hit.rule];
        out +=
            fmt::format("{:13}\"{}\" {}{}: {} ({})\n", head, phrase(scratch.text, hit.first, hit.last),
                        meaning_of(hit.effect), hit.silenced ? ", but a guard silences it" : "", rule.id, rule.reason);
        head = "";
    }
}

struct Weighed {
    float weight;
    string shown;
};

// The heaviest first, one line for what is about the same words.
std::vector<Weighed> heaviest_features(const Classifier& classifier, const Scratch& scratch) {
    std::vector<Weighed> all;
    const auto collect = [&](const Feature& f) {
        const float weight = classifier.model().weight(f, scratch.scores);
        string shown = f.first < f.last ? fmt::format("\"{}\"", phrase(scratch.text, f.first, f.last)) : "its shape";
        const auto same = std::ranges::find(all, shown, &Weighed::shown);
        if (same == all.end()) return all.push_back({weight, std::move(shown)});
        same->weight += weight;
    };
    feature::Core core;
    for (std::uint16_t s = 0; s < scratch.text.sentence_count; ++s)
        for_each_sentence_feature(scratch.text, s, scratch.hits, core, collect);
    for_each_message_feature(scratch.text, scratch.hits, collect);
    const std::size_t shown = std::min<std::size_t>(all.size(), 5);
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(shown), std::ranges::greater{},
                              [](const Weighed& w) { return w.weight < 0 ? -w.weight : w.weight; });
    all.resize(shown);
    return all;
}

void explain_model(const Classifier& classifier, const Scratch& scratch, string& out) {
    out += fmt::format("{:13}", "4 model");
    string_view separator;
    for (std::size_t i = 0; i < label_count; ++i) {
        out += fmt::format("{}{} {:.3f}", separator, label_names[i], scratch.scores.probability[i]);
        separator = "  ";
    }
    out += "\n             heaviest, for (+) and against (-) asking out:\n";
    for (const Weighed& w : heaviest_features(classifier, scratch))
        out += fmt::format("             {:+6.2f}  {}\n", w.weight, w.shown);
}

void explain_bar(const Classifier& classifier, const Scratch& scratch, string& out) {
    const auto [bar, why] = deciding_bar(classifier.model().parts().thresholds, scratch.text, scratch.hits);
    out += fmt::format("5 decision   score {:.3f}; {}: opts out from {:.3f}, a person reads it from {:.3f}\n",
                       scratch.scores.opt_out, why, bar.optout, bar.review);
}

}  // namespace

string explain(const Classifier& classifier, const Verdict& verdict, const Scratch& scratch) {
    string out = fmt::format("{}\n  label {}, by {}", meaning_of(verdict.action), name_of(verdict.label), verdict.rule);
    if (!verdict.evidence.empty()) out += fmt::format(", for the words \"{}\"", verdict.evidence);
    out += fmt::format(" ({})\n", classifier.version());
    explain_text(scratch.text, out);
    const bool keyword = verdict.rule.starts_with("keyword") && scratch.scores.probability[0] == 0;
    out += fmt::format("2 keyword    {}\n", keyword ? "yes, and nothing else: that decides" : "no, or not alone");
    if (keyword || scratch.text.token_count == 0) return out;
    explain_rules(scratch, out);
    explain_model(classifier, scratch, out);
    explain_bar(classifier, scratch, out);
    return out;
}

}  // namespace whistlestop::optout::classify
