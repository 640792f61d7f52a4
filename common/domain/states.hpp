#pragma once
// The one list of states. How a request ends, and what the carrier says about delivery, are two things.
//
// A request is `accepted` until it ends, once. An end is final, with one exception: `unknown` (the call was made and
// its outcome never heard) may be corrected once, to `sent` or to `rejected` (which then means: proven not sent).
// Delivery only rises in the order written here, so reports may come in any order, and any number of times.
// Values are stored: add at the end of RequestState, never renumber.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace whistlestop {

enum class RequestState : std::uint8_t { accepted, sent, rejected, suppressed, expired, cancelled, unknown };

// `none`: nothing final was reported. `unconfirmed`: none came by the deadline, or the carrier says that none will.
enum class DeliveryState : std::uint8_t { none, unconfirmed, expired, failed, undelivered, delivered, read };

inline constexpr std::array<std::string_view, 7> request_state_names{"accepted", "sent",      "rejected", "suppressed",
                                                                     "expired",  "cancelled", "unknown"};
inline constexpr std::array<std::string_view, 7> delivery_state_names{"none",        "unconfirmed", "expired", "failed",
                                                                      "undelivered", "delivered",   "read"};

[[nodiscard]] constexpr std::string_view name_of(RequestState state) {
    return request_state_names[static_cast<std::size_t>(state)];
}

[[nodiscard]] constexpr std::string_view name_of(DeliveryState state) {
    return delivery_state_names[static_cast<std::size_t>(state)];
}

// The state of that name, one of the seven of its list.
template <class State>
[[nodiscard]] constexpr std::optional<State> state_named(std::string_view name) {
    for (std::uint8_t i = 0; i < 7; ++i)
        if (name_of(static_cast<State>(i)) == name) return static_cast<State>(i);
    return std::nullopt;
}

[[nodiscard]] constexpr bool has_ended(RequestState state) { return state != RequestState::accepted; }

// May a request that is in `from` become `to`? Staying is not a change.
[[nodiscard]] constexpr bool may_become(RequestState from, RequestState to) {
    if (from == RequestState::accepted) return has_ended(to);
    if (from == RequestState::unknown) return to == RequestState::sent || to == RequestState::rejected;
    return false;
}

// What is known once `reported` has come.
[[nodiscard]] constexpr DeliveryState rise(DeliveryState current, DeliveryState reported) {
    return std::max(current, reported);
}

// Do two reports of one text deny each other? Such pairs are kept in its history and counted.
[[nodiscard]] constexpr bool contradict(DeliveryState a, DeliveryState b) {
    const auto arrived = [](DeliveryState state) { return state >= DeliveryState::delivered; };
    const auto lost = [&](DeliveryState state) { return state >= DeliveryState::expired && !arrived(state); };
    return (arrived(a) && lost(b)) || (lost(a) && arrived(b));
}

}  // namespace whistlestop
