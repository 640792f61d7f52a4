#include "services/optout/classify/rule_table.hpp"

#include <vector>

namespace whistlestop::optout::classify {

std::span<const Rule> rule_table() {
    static const std::vector<Rule> all = [] {
        std::vector<Rule> rules;
        for (const auto part :
             {english_rules(), english_ways(), people_rules(), other_language_rules(), guard_and_label_rules()}) {
            rules.insert(rules.end(), part.begin(), part.end());
        }
        return rules;
    }();
    return all;
}

}  // namespace whistlestop::optout::classify
