#pragma once
// Thresholds: where acting, asking a person and doing nothing part, chosen on phrases that were held out of training.

#include <string>
#include <vector>

#include "services/optout/training/trainer.hpp"

namespace whistlestop::optout::classify {

// Of ordinary messages worded as nothing in training was, at most these shares may be silenced or shown to a person.
// Real ones are easier: much of what people say is worded like something in training.
struct Budget {
    double silenced_with_phrase = 0.012;
    double silenced_without = 0.005;
    double reviewed_with_phrase = 0.020;
    double reviewed_without = 0.06;
    float phrase_min = 0.6F;  // a phrase alone convinces nobody
    float topic_min = 0.87F;
    float alone_min = 0.97F;  // no less, since everyday chat is stranger than the samples
};

void choose_thresholds(const std::vector<Held>& held, ModelParts& parts, const Budget& budget = {});

// Figures on the held-out phrases, by label, language and kind.
[[nodiscard]] std::string report_held(const std::vector<Held>& held, const std::vector<Example>& examples,
                                      const ModelParts& parts);
// A line per message: score, action, what evidence there is, label, kind, text; the surest first.
[[nodiscard]] std::string list_held(const std::vector<Held>& held, const std::vector<Example>& examples,
                                    const ModelParts& parts);

}  // namespace whistlestop::optout::classify
