#pragma once
// Measure: how good the classifier is on labelled messages, in the terms of the issue and of the model card.

#include <string>
#include <string_view>
#include <vector>

#include "services/optout/classify/classifier.hpp"
#include "services/optout/training/grammar.hpp"

namespace whistlestop::optout::classify {

struct Judged {
    Example example;
    Verdict verdict;  // its evidence is dropped
};

// Lines of {"text", "label", "lang", "kind", "hard"}. Fault::invalid names the line.
[[nodiscard]] Result<std::vector<Example>> read_labelled(std::string_view lines);

[[nodiscard]] std::vector<Judged> judge(const Classifier& classifier, const std::vector<Example>& examples);

// The table of quality, the confusion matrix, the figures per language and kind, as Markdown.
[[nodiscard]] std::string report(const std::vector<Judged>& judged);

// Revocations caught and ordinary answers caught, at every threshold that might be chosen.
[[nodiscard]] std::string sweep(const std::vector<Judged>& judged);

// The most expensive mistakes first: silenced people, then missed requests, then wrong labels. At most `count`.
[[nodiscard]] std::string worst(const std::vector<Judged>& judged, std::size_t count);

}  // namespace whistlestop::optout::classify
