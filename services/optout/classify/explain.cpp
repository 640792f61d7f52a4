#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/optout/classify/classifier.hpp"

namespace whistlestop::optout::classify {
namespace {

std::string phrase(const Text& text, std::size_t first, std::size_t last) {
    std::string out;
    for (std::size_t i = first; i < last && i < text.token_count; ++i) {
        if (!out.empty()) out += ' ';
        out += text.word(i);
    }
    return out;
}

void explain_words(const Text& text, std::string& out) {
    out += "  words:\n";
    for (std::size_t i = 0; i < text.token_count; ++i) {
        if (text.tokens[i].classes == 0) continue;
        out += fmt::format("    {}:", text.word(i));
        for (std::size_t c = 0; c < word_class_count; ++c) {
            const auto word_class = static_cast<WordClass>(c);
            if (text.tokens[i].is(word_class)) out += fmt::format(" {}", name_of(word_class));
        }
        out += '\n';
    }
}

void explain_rules(const Scratch& scratch, std::string& out) {
    for (const RuleHit& hit : scratch.hits.all()) {
        const Rule& rule = rule_table()[hit.rule];
        out += fmt::format("  rule {}{}: \"{}\" ({})\n", rule.id, hit.silenced ? ", silenced by a guard" : "",
                           phrase(scratch.text, hit.first, hit.last), rule.reason);
    }
}

void explain_features(const Classifier& classifier, const Scratch& scratch, std::string& out) {
    struct Weighed {
        float weight;
        Feature feature;
    };
    std::vector<Weighed> all;
    const auto collect = [&](const Feature& f) { all.push_back({classifier.model().weight(f), f}); };
    feature::Core core;
    for (std::uint16_t s = 0; s < scratch.text.sentence_count; ++s) {
        for_each_sentence_feature(scratch.text, s, scratch.hits, core, collect);
    }
    for_each_message_feature(scratch.text, scratch.hits, collect);
    const std::size_t shown = std::min<std::size_t>(5, all.size());
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(shown), std::ranges::greater{},
                              [](const Weighed& w) { return w.weight < 0 ? -w.weight : w.weight; });
    for (std::size_t i = 0; i < shown; ++i) {
        out += fmt::format("  feature {:+.2f}: \"{}\"\n", all[i].weight,
                           phrase(scratch.text, all[i].feature.first, all[i].feature.last));
    }
}

}  // namespace

std::string explain(const Classifier& classifier, const Verdict& verdict, const Scratch& scratch) {
    std::string out = fmt::format("{} / {} by {} (score {:.3f}, version {})\n", name_of(verdict.label),
                                  name_of(verdict.action), verdict.rule, verdict.score, classifier.version());
    out += fmt::format("  normalised: {}\n", to_string(scratch.text));
    explain_words(scratch.text, out);
    if (scratch.scores.probability[0] == 0 && verdict.rule.starts_with("keyword")) return out;
    explain_rules(scratch, out);
    explain_features(classifier, scratch, out);
    for (std::size_t i = 0; i < label_count; ++i) {
        out += fmt::format("  {} {:.3f}{}", label_names[i], scratch.scores.probability[i],
                           i + 1 < label_count ? "," : "\n");
    }
    const Thresholds& t = classifier.model().parts().thresholds;
    out += fmt::format("  opts out from {:.3f} with a rule, {:.3f} without; review from {:.3f} and {:.3f}\n",
                       t.optout_with_rule, t.optout_model_alone, t.review_with_rule, t.review);
    return out;
}

}  // namespace whistlestop::optout::classify
