#include "load-tests/simulator/carrier/faults.hpp"

namespace simulator::carrier {

namespace {

// While a kind is below `at_least`, every fourth text that no permille chose is struck by the rarest such kind.
constexpr std::uint64_t owed_every = 4;

constexpr std::uint64_t which_kind = 1;
constexpr std::uint64_t whether_owed = 2;
constexpr std::uint64_t how_often_throttled = 3;

}  // namespace

Faults::Struck Faults::on_call(std::string_view account, std::string_view to, std::string_view body) {
    const std::uint64_t hash = seeded_hash(seed_, {account, to, body});
    if (const auto known = throttles_left_.find(hash); known != throttles_left_.end()) {
        if (known->second == 0) return {Fault::none, hash};
        --known->second;
        return {Fault::throttled_429, hash};
    }
    Fault fault = by_hash(hash);
    if (fault == Fault::none) fault = still_owed(hash);
    if (fault == Fault::none) return {fault, hash};

    ++counts_[static_cast<std::size_t>(fault)];
    const bool again = fault == Fault::throttled_429 && permille(hash, how_often_throttled) < 500;
    throttles_left_.emplace(hash, again ? 1U : 0U);
    return {fault, hash};
}

Fault Faults::by_hash(std::uint64_t hash) const {
    unsigned draw = permille(hash, which_kind);
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) {
        if (draw < settings_.permille[kind]) return static_cast<Fault>(kind);
        draw -= settings_.permille[kind];
    }
    return Fault::none;
}

Fault Faults::still_owed(std::uint64_t hash) const {
    if (mix(hash + whether_owed) % owed_every != 0) return Fault::none;
    std::size_t rarest = 0;
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) {
        if (settings_.permille[kind] == 0 || counts_[kind] >= settings_.at_least) continue;
        if (rarest == 0 || counts_[kind] < counts_[rarest]) rarest = kind;
    }
    return static_cast<Fault>(rarest);
}

}  // namespace simulator::carrier
