#include "services/optout/training/measure.hpp"

#include <boost/json.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <sstream>

namespace whistlestop::optout::classify {
namespace {

struct Share {
    std::size_t hit = 0;
    std::size_t of = 0;

    [[nodiscard]] double percent() const {
        return of == 0 ? 0 : 100.0 * static_cast<double>(hit) / static_cast<double>(of);
    }
};

using Test = std::function<bool(const Judged&)>;

Share share(const std::vector<Judged>& judged, const Test& of, const Test& hit) {
    Share s;
    for (const Judged& j : judged) {
        if (!of(j)) continue;
        ++s.of;
        if (hit(j)) ++s.hit;
    }
    return s;
}

std::string row(std::string_view name, const Share& s, std::string_view wanted) {
    return fmt::format("| {} | {:.1f} % ({} of {}) | {} |\n", name, s.percent(), s.hit, s.of, wanted);
}

bool optout(const Judged& j) { return j.verdict.action == Action::optout; }
bool review(const Judged& j) { return j.verdict.action == Action::review; }
bool caught(const Judged& j) { return j.verdict.action != Action::none; }
bool asks(const Judged& j) { return j.example.label == Label::opt_out; }
bool normal(const Judged& j) { return j.example.label == Label::normal; }
bool spanish(const Judged& j) { return j.example.lang.find("es") != std::string::npos; }

using Confusion = std::array<std::array<std::size_t, label_count>, label_count>;

Confusion confusion_of(const std::vector<Judged>& judged) {
    Confusion c{};
    for (const Judged& j : judged) {
        ++c[static_cast<std::size_t>(j.example.label)][static_cast<std::size_t>(j.verdict.label)];
    }
    return c;
}

double macro_f1(const Confusion& c) {
    double sum = 0;
    std::size_t present = 0;
    for (std::size_t l = 0; l < label_count; ++l) {
        std::size_t truth = 0;
        std::size_t said = 0;
        for (std::size_t k = 0; k < label_count; ++k) {
            truth += c[l][k];
            said += c[k][l];
        }
        if (truth == 0) continue;
        ++present;
        sum += 2.0 * static_cast<double>(c[l][l]) / static_cast<double>(truth + said);
    }
    return present == 0 ? 0 : sum / static_cast<double>(present);
}

std::string goals(const std::vector<Judged>& judged) {
    const auto both = [](Test a, Test b) -> Test { return [a, b](const Judged& j) { return a(j) && b(j); }; };
    const Test keyword = [](const Judged& j) { return asks(j) && j.example.kind.starts_with("keyword"); };
    const Test other = [](const Judged& j) { return !asks(j) && !normal(j); };
    std::string out = "| measure | figure | gate, goal |\n|---|---|---|\n";
    out += row("revocations acted on automatically", share(judged, asks, optout), "88, 93");
    out += row("ordinary answers silenced", share(judged, normal, optout), "1.0, 0.5");
    out += row("revocations acted on or held for review", share(judged, asks, caught), "96, 98");
    out += row("ordinary answers sent to review", share(judged, normal, review), "8, 5");
    out += row("keyword kinds", share(judged, keyword, optout), "100");
    out += row("Spanish revocations, automatic", share(judged, both(asks, spanish), optout), "82, 90");
    out += row("wrong number, help, opt_in, abuse taken for an opt-out", share(judged, other, optout), "3, 1");
    out += fmt::format("| six labels, macro-F1 | {:.3f} | 0.78, 0.86 |\n", macro_f1(confusion_of(judged)));
    return out;
}

std::string matrix(const std::vector<Judged>& judged) {
    const Confusion c = confusion_of(judged);
    std::string out = "| is \\ said |";
    for (const auto name : label_names) out += fmt::format(" {} |", name);
    out += "\n|---|---|---|---|---|---|---|\n";
    for (std::size_t l = 0; l < label_count; ++l) {
        out += fmt::format("| {} |", label_names[l]);
        for (std::size_t k = 0; k < label_count; ++k) out += fmt::format(" {} |", c[l][k]);
        out += '\n';
    }
    return out;
}

std::string by(const std::vector<Judged>& judged, std::string_view title,
               const std::function<std::string(const Judged&)>& key) {
    struct Cell {
        std::size_t count = 0;
        std::array<std::size_t, 3> actions{};
        std::size_t right = 0;
    };
    std::map<std::string, Cell> cells;
    for (const Judged& j : judged) {
        Cell& cell = cells[key(j)];
        ++cell.count;
        ++cell.actions[static_cast<std::size_t>(j.verdict.action)];
        if (j.verdict.label == j.example.label) ++cell.right;
    }
    std::string out =
        fmt::format("| {} | messages | optout | review | none | label right |\n|---|---|---|---|---|---|\n", title);
    for (const auto& [name, c] : cells) {
        out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", name, c.count, c.actions[0], c.actions[1], c.actions[2],
                           c.right);
    }
    return out;
}

// What a mistake costs: a person silenced, a request missed, a wrong label; the surer, the dearer.
double cost(const Judged& j) {
    const double score = static_cast<double>(j.verdict.score);
    if (normal(j) && optout(j)) return 3 + score;
    if (asks(j) && !caught(j)) return 2 + (1 - score);
    if (!asks(j) && optout(j)) return 1.5 + score;
    if (asks(j) && review(j)) return 1 + (1 - score);
    if (normal(j) && review(j)) return 0.5 + score;
    return j.verdict.label != j.example.label ? 0.25 : 0;
}

}  // namespace

Result<std::vector<Example>> read_labelled(std::string_view lines) {
    std::vector<Example> out;
    std::istringstream in{std::string{lines}};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        boost::system::error_code error;
        const auto value = boost::json::parse(line, error);
        const auto* object = error ? nullptr : value.if_object();
        if (object == nullptr || !object->contains("text") || !object->contains("label")) {
            return fail(Fault::invalid, fmt::format("line {}: not a labelled message", number));
        }
        const auto text_of = [&](std::string_view key) {
            const auto* field = object->if_contains(key);
            return field != nullptr && field->is_string() ? std::string{field->get_string()} : std::string{};
        };
        const auto label = label_named(text_of("label"));
        if (!label) return fail(Fault::invalid, fmt::format("line {}: {}", number, label.error().detail));
        const auto* hard = object->if_contains("hard");
        out.push_back({text_of("text"), *label, text_of("lang"), text_of("kind"),
                       hard != nullptr && hard->is_bool() && hard->get_bool()});
    }
    return out;
}

std::vector<Judged> judge(const Classifier& classifier, const std::vector<Example>& examples) {
    std::vector<Judged> out;
    const auto scratch = std::make_unique<Scratch>();
    for (const Example& e : examples) {
        out.push_back({e, classifier.classify(e.text, *scratch)});
        out.back().verdict.evidence = {};
    }
    return out;
}

std::string report(const std::vector<Judged>& judged) {
    return goals(judged) + "\n" + matrix(judged) + "\n" +
           by(judged, "language", [](const Judged& j) { return j.example.lang; }) + "\n" +
           by(judged, "label and kind",
              [](const Judged& j) { return std::string{name_of(j.example.label)} + " " + j.example.kind; });
}

std::string sweep(const std::vector<Judged>& judged) {
    std::string out = "| score from | revocations | ordinary |\n|---|---|---|\n";
    for (const float t : {0.05F, 0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.85F, 0.9F, 0.95F}) {
        const Test above = [t](const Judged& j) { return j.verdict.score >= t; };
        out += fmt::format("| {:.2f} | {:.1f} % | {:.1f} % |\n", t, share(judged, asks, above).percent(),
                           share(judged, normal, above).percent());
    }
    return out;
}

std::string worst(const std::vector<Judged>& judged, std::size_t count) {
    std::vector<const Judged*> order;
    for (const Judged& j : judged) {
        if (cost(j) > 0) order.push_back(&j);
    }
    std::ranges::stable_sort(order, std::ranges::greater{}, [](const Judged* j) { return cost(*j); });
    std::string out;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
        const Judged& j = *order[i];
        std::string text = j.example.text;
        std::ranges::replace(text, '\n', '/');
        out += fmt::format("{} {} -> {} {} {:.3f} by {}: {}\n", j.example.kind, name_of(j.example.label),
                           name_of(j.verdict.label), name_of(j.verdict.action), j.verdict.score, j.verdict.rule, text);
    }
    return out;
}

}  // namespace whistlestop::optout::classify
