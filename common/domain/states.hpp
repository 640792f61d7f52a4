#pragma once
// The one list of states. How a request ends, and what the carrier says about delivery, are two things.
//
// A request is `open` until it ends, once. An end is final, with one exception: `unknown` (the call was made and
// its outcome never heard) may be corrected once, to `sent` or to `rejected` (which then means: proven not sent).
// Delivery only rises in the order written here, so reports may come in any order, and any number of times.
// The numbers are those of proto/whistlestop/v1/states.proto: they are stored and sent, so they never change.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace whistlestop {

enum class RequestState : std::uint8_t { open = 1, sent, rejected, suppressed, expired, cancelled, unknown };

// `none`: nothing final was reported. `unconfirmed`: none came by the deadline, or the carrier says that none will.
enum class DeliveryState : std::uint8_t { none, unconfirmed, expired, failed, undelivered, delivered, read };

template <class State>
struct StateList;  // every state of a kind with its name, in order

template <>
struct StateList<RequestState> {
    static constexpr std::array<std::pair<RequestState, std::string_view>, 7> all{{
        {RequestState::open, "open"},
        {RequestState::sent, "sent"},
        {RequestState::rejected, "rejected"},
        {RequestState::suppressed, "suppressed"},
        {RequestState::expired, "expired"},
        {RequestState::cancelled, "cancelled"},
        {RequestState::unknown, "unknown"},
    }};
};

template <>
struct StateList<DeliveryState> {
    static constexpr std::array<std::pair<DeliveryState, std::string_view>, 7> all{{
        {DeliveryState::none, "none"},
        {DeliveryState::unconfirmed, "unconfirmed"},
        {DeliveryState::expired, "expired"},
        {DeliveryState::failed, "failed"},
        {DeliveryState::undelivered, "undelivered"},
        {DeliveryState::delivered, "delivered"},
        {DeliveryState::read, "read"},
    }};
};

template <class State>
[[nodiscard]] constexpr std::string_view name_of(State state)
    requires requires { StateList<State>::all; }
{
    for (const auto& [value, name] : StateList<State>::all)
        if (value == state) return name;
    return "";
}

template <class State>
[[nodiscard]] constexpr std::optional<State> state_named(std::string_view text) {
    for (const auto& [value, name] : StateList<State>::all)
        if (name == text) return value;
    return std::nullopt;
}

[[nodiscard]] constexpr bool has_ended(RequestState state) { return state != RequestState::open; }

// May a request that is in `from` become `to`? Staying is not a change.
[[nodiscard]] constexpr bool may_become(RequestState from, RequestState to) {
    if (from == RequestState::open) return has_ended(to);
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
