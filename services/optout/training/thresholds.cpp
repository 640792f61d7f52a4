#include "services/optout/training/thresholds.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace whistlestop::optout::classify {
namespace {

std::string_view name_of(Evidence evidence) {
    switch (evidence) {
        case Evidence::phrase: return "phrase";
        case Evidence::topic: return "topic";
        case Evidence::none: break;
    }
    return "";
}

float calibrated(const Held& held, const ModelParts& parts) {
    const float yes = std::clamp(held.yes[0], 1e-6F, 1 - 1e-6F);
    return 1 / (1 + std::exp(-(parts.slope * std::log(yes / (1 - yes)) + parts.offset)));
}

// The lowest threshold that lets at most `budget` of the weight of ordinary messages pass.
float lowest(std::vector<std::pair<float, float>> ordinary, double budget) {
    std::ranges::sort(ordinary, std::ranges::greater{});
    double passed = 0;
    for (const auto& [score, weight] : ordinary) {
        passed += static_cast<double>(weight);
        if (passed > budget) return std::min(score + 1e-4F, 0.999F);
    }
    return 0.01F;
}

}  // namespace

void choose_thresholds(const std::vector<Held>& held, ModelParts& parts, const Budget& budget) {
    std::vector<std::pair<float, float>> with_phrase;
    std::vector<std::pair<float, float>> without;
    double ordinary = 0;
    for (const Held& h : held) {
        if (h.label != Label::normal || h.keyword) continue;
        (h.evidence == Evidence::phrase ? with_phrase : without).emplace_back(calibrated(h, parts), h.weight);
        ordinary += static_cast<double>(h.weight);
    }
    Thresholds& t = parts.thresholds;
    t.phrase.optout = std::max(budget.phrase_min, lowest(with_phrase, budget.silenced_with_phrase * ordinary));
    t.phrase.review = lowest(with_phrase, budget.reviewed_with_phrase * ordinary);
    t.topic.optout = std::max(budget.topic_min, lowest(without, budget.silenced_without * ordinary));
    t.topic.review = lowest(without, budget.reviewed_without * ordinary);
    t.alone = {std::max(budget.alone_min, t.topic.optout), t.topic.review};
}

// What the service would do with a held-out message, if no guard or wish held it back (see classifier.cpp).
Action action_of(const Held& held, const ModelParts& parts) {
    if (held.keyword) return held.label == Label::opt_out ? Action::optout : Action::none;
    return parts.thresholds.of(held.evidence).action(calibrated(held, parts));
}

std::string report_held(const std::vector<Held>& held, const std::vector<Example>& examples, const ModelParts& parts) {
    struct Cell {
        double weight = 0;
        double optout = 0;
        double review = 0;
    };
    std::map<std::string, Cell> cells;
    const Thresholds& t = parts.thresholds;
    for (const Held& h : held) {
        const Action action = action_of(h, parts);
        const auto& example = examples[h.example];
        const std::string label{name_of(h.label)};
        for (const std::string& key :
             {label, label + " " + example.lang, label + " " + example.lang + " " + example.kind}) {
            Cell& cell = cells[key];
            cell.weight += static_cast<double>(h.weight);
            cell.optout += action == Action::optout ? static_cast<double>(h.weight) : 0;
            cell.review += action == Action::review ? static_cast<double>(h.weight) : 0;
        }
    }
    std::string out = fmt::format(
        "thresholds: optout {:.3f} {:.3f} {:.3f} review {:.3f} {:.3f}; slope {:.2f} offset {:.2f}\n", t.phrase.optout,
        t.topic.optout, t.alone.optout, t.phrase.review, t.alone.review, parts.slope, parts.offset);
    for (const auto& [key, c] : cells) {
        out += fmt::format("{:48} optout {:5.1f} %  review {:5.1f} %  ({:.0f})\n", key, 100 * c.optout / c.weight,
                           100 * c.review / c.weight, c.weight);
    }
    return out;
}

std::string list_held(const std::vector<Held>& held, const std::vector<Example>& examples, const ModelParts& parts) {
    std::vector<std::pair<float, std::string>> lines;
    for (const Held& h : held) {
        const Example& example = examples[h.example];
        const float score = calibrated(h, parts);
        std::string text = example.text;
        std::ranges::replace(text, '\n', ' ');
        lines.emplace_back(score, fmt::format("{:.3f}\t{}\t{}\t{}\t{}\t{}\n", score, name_of(action_of(h, parts)),
                                              name_of(h.evidence), name_of(h.label), example.kind, text));
    }
    std::ranges::sort(lines, std::ranges::greater{});
    std::string out;
    for (const auto& [score, line] : lines) out += line;
    return out;
}

}  // namespace whistlestop::optout::classify
