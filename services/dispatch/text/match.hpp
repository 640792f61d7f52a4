#pragma once
// Match: does the carrier's list show a text whose attempt is unknown? Pure. PROTOCOL.md, "After unknown".

#include <set>
#include <string>
#include <string_view>

#include "services/dispatch/call/calls.hpp"

namespace whistlestop::dispatch {

// The carrier's clock against ours, which may have been set meanwhile. Our own texts are known by their ids but for
// those that their contact's row has forgotten, so only what another system sent with the same words from the same
// number on the same day could be mistaken.
inline constexpr std::int64_t clock_slack_ms = 24LL * 3600 * 1000;
// How much later than our call a carrier may date its entry, where that decides whose it is.
inline constexpr std::int64_t entry_delay_max_ms = 600'000;
// How long a row is kept past its text's expiry, which may be its last call's moment: for the carrier's list, for late
// reports, and for as long as others are matched with what the carrier took then.
inline constexpr std::int64_t settles_within_ms = 2 * clock_slack_ms;

struct MatchFacts {
    std::string_view text;
    WallMs accepted;              // nothing much older can be it
    std::set<std::string> known;  // ids that belong to other texts
    WallMs forgotten_until;       // what is older may be a text of ours whose id is forgotten
    bool twin_open = false;       // another text, alike, could be the entry as well
};

struct Match {
    enum class Kind : std::uint8_t {
        found,
        absent,
        tie,  // it cannot be told: stays unknown
    };
    Kind kind = Kind::tie;
    std::string provider_id;
};

// The list must be complete.
[[nodiscard]] Match match(const ListOutcome& list, const MatchFacts& facts);

}  // namespace whistlestop::dispatch
