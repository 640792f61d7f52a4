#include "services/dispatch/text/match.hpp"

#include <vector>

namespace whistlestop::dispatch {

Match match(const ListOutcome& list, const MatchFacts& facts) {
    std::vector<const ListOutcome::Entry*> alike;
    for (const ListOutcome::Entry& entry : list.entries) {
        const bool in_time = entry.created - facts.accepted >= -clock_slack_ms;
        if (in_time && entry.text == facts.text && !facts.known.contains(entry.provider_id)) alike.push_back(&entry);
    }
    if (alike.empty()) return {Match::Kind::absent, {}};
    const bool may_be_forgotten = alike.front()->created - facts.forgotten_until < entry_delay_max_ms;
    if (alike.size() > 1 || facts.twin_open || may_be_forgotten) return {Match::Kind::tie, {}};
    return {Match::Kind::found, alike.front()->provider_id};
}

}  // namespace whistlestop::dispatch
