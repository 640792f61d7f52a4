#pragma once
// Accept: what becomes of a request for a text, when it comes or when its campaign has become known. Pure.

#include "whistlestop/state/v1/dispatch.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/views/directory_view.hpp"
#include "services/dispatch/gate/consent_view.hpp"

namespace whistlestop::dispatch {

inline constexpr std::int64_t dedupe_horizon_ms = std::int64_t{7} * 24 * 3600 * 1000;
inline constexpr std::int64_t request_ahead_max_ms = std::int64_t{10} * 60 * 1000;
inline constexpr std::int64_t default_expiry_ms = std::int64_t{24} * 3600 * 1000;
inline constexpr std::int64_t park_ms = 10'000;
inline constexpr std::size_t text_characters_max = 1600;  // Twilio refuses longer ones (21617)

// A request whose time is outside this could be repeated after its row is gone. Fault::invalid names the limit.
[[nodiscard]] Result<void> check_time(WallMs time, WallMs now);

struct AcceptFacts {
    const state::v1::TextRow& row;  // as asked for
    const state::v1::ContactRow& contact;
    const DirectoryView& directory;
    ConsentView::Answer consent = ConsentView::Answer::allowed;
    WallMs now;
};

struct Decision {
    enum class Kind : std::uint8_t { accept, park, reject, suppress, expire };
    Kind kind = Kind::reject;
    std::string field;   // of a rejection
    std::string reason;  // names the limit, never the value
    std::string sender;  // of an acceptance
};

// The first rule that applies wins.
[[nodiscard]] Decision decide(const AcceptFacts& facts);

// Has a first text of this campaign's step been accepted for the contact, and not proven unsent?
[[nodiscard]] bool step_taken(const state::v1::ContactRow& contact, const state::v1::TextRow& row);

// Is the number a sender that belongs to the organisation now?
[[nodiscard]] bool usable(const DirectoryView& directory, std::string_view number, std::string_view organisation);

}  // namespace whistlestop::dispatch
