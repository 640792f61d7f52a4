#pragma once
// The single confirmation of an opt-out: whether it may go, and its words. Pure.

#include "whistlestop/v1/directory.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include <cstdint>
#include <string>
#include <string_view>

namespace whistlestop::optout {

// A confirmation goes within five minutes of the reply or not at all. Source: 47 CFR 64.1200(a)(12), one text that
// confirms the request, presumed to be consented to when sent within five minutes.
inline constexpr std::int64_t confirm_within_ms = std::int64_t{5} * 60 * 1000;

// For so long a volunteer can undo the slip of a finger (Rules of the field, 2: a decision of this project).
inline constexpr std::int64_t undo_ms = std::int64_t{10} * 1000;

struct ConfirmationFacts {
    bool owned = false;         // the sender belongs to an organisation now
    bool stood_before = false;  // something forbade texting already: no second confirmation, none to the blocked
    bool carrier_answers = false;
    std::int64_t age_ms = 0;  // of the reply
};
[[nodiscard]] bool may_confirm(const ConfirmationFacts& facts);

// Does the carrier answer this text itself? It says so, or the whole text, but for blanks around it and its case, is
// a word of the sender's profile. Carriers do not hear "STOP!!": that is ours to answer.
[[nodiscard]] bool carrier_answers(const v1::KeywordProfile& profile, const v1::InboundText& text);

// In one segment: a long name is cut.
[[nodiscard]] std::string confirmation_text(std::string_view organisation_name);

}  // namespace whistlestop::optout
