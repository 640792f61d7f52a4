#include "services/inbox/thread/home.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "common/domain/names.hpp"

namespace whistlestop::thread {
namespace {

constexpr std::string_view catch_all = "@catchall.";

// How good a home a text makes for another at that moment: what was sent by then before what may have been, the newest
// first, and never two alike.
using Rank = std::tuple<int, std::int64_t, std::string_view>;
constexpr Rank no_home{0, 0, {}};

Rank rank_of(const Text& text, std::int64_t at_ms) {
    if (text.sent_ms() != 0 && text.sent_ms() <= at_ms) return {2, text.sent_ms(), text.id()};
    const bool proven_unsent = text.state() != v1::REQUEST_STATE_UNSPECIFIED &&
                               text.state() != v1::REQUEST_STATE_OPEN && text.state() != v1::REQUEST_STATE_SENT &&
                               text.state() != v1::REQUEST_STATE_UNKNOWN;
    if (proven_unsent || text.at_ms() > at_ms) return no_home;
    return {1, text.at_ms(), text.id()};
}

Rank rank_of_archived(const Text& text, std::int64_t at_ms) {
    return std::max(rank_of(text, at_ms), Rank{1, 0, text.id()});
}

Rank final_rank_of(const Text& text) { return rank_of(text, std::numeric_limits<std::int64_t>::max()); }

}  // namespace

bool names_no_campaign(const Text& text) {
    return text.inbound() || text.class_() == v1::TEXT_CLASS_CONFIRMATION || text.class_() == v1::TEXT_CLASS_HELP;
}

void remember_archived(Thread& thread, const Text& text) {
    const Rank rank = final_rank_of(text);
    if (names_no_campaign(text) || rank == no_home) return;
    auto& homes = *thread.mutable_archived_homes();
    const auto known = std::ranges::find(homes, text.sender(), &Text::sender);
    const bool newer = known == homes.end() || known->id() == text.id() || rank > final_rank_of(*known);
    if (!newer) return;
    Text& home = known == homes.end() ? *homes.Add() : *known;
    home.set_id(text.id());
    home.set_sender(text.sender());
    home.set_at_ms(text.at_ms());
    home.set_sent_ms(text.sent_ms());
}

bool is_before_archived(std::span<Thread* const> threads, std::string_view sender, std::int64_t at_ms) {
    return std::ranges::any_of(threads, [&](const Thread* thread) {
        return std::ranges::any_of(thread->archived_homes(), [&](const Text& home) {
            return home.sender() == sender && std::max(home.at_ms(), home.sent_ms()) > at_ms;
        });
    });
}

int home_of(std::span<Thread* const> threads, std::string_view sender, std::int64_t at_ms) {
    Rank best = no_home;
    int home = -1;
    const auto consider = [&](std::size_t thread, const Rank& rank) {
        if (rank <= best) return;
        best = rank;
        home = static_cast<int>(thread);
    };
    for (std::size_t i = 0; i < threads.size(); ++i) {
        for (const Text& text : threads[i]->archived_homes())
            if (text.sender() == sender) consider(i, rank_of_archived(text, at_ms));
        for (const Text& text : threads[i]->texts())
            if (!names_no_campaign(text) && text.sender() == sender) consider(i, rank_of(text, at_ms));
    }
    return home;
}

std::string catch_all_of(std::string_view owner) {
    return owner.empty() ? std::string{unowned} : std::string{catch_all}.append(owner);
}

bool is_thread_name(std::string_view campaign) {
    if (campaign.starts_with(catch_all)) campaign.remove_prefix(catch_all.size());
    return is_name(campaign);
}

}  // namespace whistlestop::thread
