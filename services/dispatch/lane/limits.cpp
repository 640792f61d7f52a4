#include "services/dispatch/lane/limits.hpp"

#include <algorithm>

namespace whistlestop::dispatch {
namespace {

using Kind = SendOutcome::Kind;

constexpr std::int64_t back_off_first_ms = 100;
constexpr std::int64_t back_off_max_ms = 30'000;
constexpr int unknown_in_a_row_max = 10;  // then one call at a time, until one is answered

}  // namespace

Room Limits::room(const Claim& claim, BootMs now) {
    const Account& account = *claim.account;
    const Health& health = healths_[account.id];
    const bool failing = health.unknown_in_a_row >= unknown_in_a_row_max;
    if (now < health.held_until || (failing && health.open > 0)) return Room::account_held;
    if (!window_of(claim.sender, claim.sender_limit, now).room(now, claim.segments, claim.sender_limit))
        return Room::sender_full;
    const std::uint32_t limit = account.segments_per_second;
    return window_of(account.id, limit, now).room(now, claim.segments, limit) ? Room::free : Room::account_full;
}

void Limits::reserve(const Claim& claim, BootMs latest, BootMs now) {
    count(claim, latest, now);
    if (claim.account != nullptr) ++healths_[claim.account->id].open;
}

void Limits::withdraw(const Claim& claim, BootMs latest, BootMs now) {
    windows_.at(claim.sender).remove(now, latest, claim.segments);
    if (claim.account != nullptr) windows_.at(claim.account->id).remove(now, latest, claim.segments);
}

void Limits::learn(const Claim& claim, BootMs latest, const SendOutcome& outcome, BootMs now) {
    if (claim.account != nullptr) note(healths_[claim.account->id], outcome, now);
    if (outcome.kind == Kind::unknown) return;
    withdraw(claim, latest, now);
    // A cycle's moment is older than what came meanwhile; much older, if the process was held up.
    if (outcome.kind != Kind::not_started) count(claim, outcome.first_byte, std::max(now, outcome.first_byte));
}

void Limits::release(const Claim& claim) {
    if (claim.account != nullptr) --healths_[claim.account->id].open;
}

void Limits::note(Health& health, const SendOutcome& outcome, BootMs now) {
    if (outcome.kind == Kind::unknown) {
        if (++health.unknown_in_a_row >= unknown_in_a_row_max) hold(health, now, 0);
    } else if (outcome.kind == Kind::throttled || outcome.kind == Kind::not_started) {
        hold(health, now, outcome.retry_after_ms);
    } else {  // answered
        health.unknown_in_a_row = 0;
        if (outcome.kind == Kind::accepted) health.step_ms = 0;
    }
}

// Calls that were open together meet the same refusal: the first doubles the wait; while that lasts, the others may
// only prolong it.
void Limits::hold(Health& health, BootMs now, std::int64_t retry_after_ms) {
    if (now >= health.held_until) {
        health.step_ms = std::clamp(health.step_ms * 2, back_off_first_ms, back_off_max_ms);
        health.held_until = now + health.step_ms;
    }
    health.held_until = std::max(health.held_until, now + retry_after_ms);
}

void Limits::count(const Claim& claim, BootMs when, BootMs now) {
    window_of(claim.sender, claim.sender_limit, now).add(now, when, claim.segments);
    if (claim.account == nullptr) return;
    window_of(claim.account->id, claim.account->segments_per_second, now).add(now, when, claim.segments);
}

Bucket& Limits::window_of(const std::string& name, std::uint32_t limit, BootMs now) {
    const auto [found, unknown_past] = windows_.try_emplace(name);
    if (unknown_past) found->second.add(now, opened_, limit);
    return found->second;
}

}  // namespace whistlestop::dispatch
