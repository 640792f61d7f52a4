#include "services/dispatch/lane/limits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <vector>

namespace whistlestop::dispatch {
namespace {

using Kind = SendOutcome::Kind;

constexpr BootMs opened{1'000'000};
constexpr std::int64_t start_within_ms = 500;

Account account_of(std::uint32_t segments_per_second) {
    Account account;
    account.id = "main";
    account.segments_per_second = segments_per_second;
    return account;
}

struct LimitsTest : testing::Test {
    Account account = account_of(10);
    Limits limits{opened};
    BootMs now = opened + Bucket::window_ms;

    [[nodiscard]] Claim claim(const std::string& sender = "+13035550100", std::uint32_t segments = 1) const {
        return {sender, 4, &account, segments};
    }
    [[nodiscard]] bool room(const std::string& sender = "+13035550100") {
        return limits.room(claim(sender), now) == Room::free;
    }
    // A call that starts at once and is answered in the same moment.
    void call(Kind kind, std::int64_t retry_after_ms = 0, const std::string& sender = "+13035550100") {
        limits.reserve(claim(sender), now + start_within_ms, now);
        SendOutcome outcome;
        outcome.kind = kind;
        outcome.first_byte = now;
        outcome.retry_after_ms = retry_after_ms;
        limits.learn(claim(sender), now + start_within_ms, outcome, now);
        limits.release(claim(sender));
    }
    // The first moment with room, from now.
    std::int64_t wait() {
        std::int64_t waited = 0;
        for (; !room() && waited < 120'000; ++waited) now = now + 1;
        return waited;
    }
};

TEST_F(LimitsTest, NothingGoesInTheFirstWindowAfterAnOpening) {
    now = opened;
    EXPECT_EQ(wait(), Bucket::window_ms);
}

TEST_F(LimitsTest, ASenderAndItsAccountEachHaveTheirOwn) {
    for (const std::string sender : {"a", "b", "c"})
        for (int i = 0; room(sender); ++i) {
            ASSERT_LT(i, 4);
            call(Kind::accepted, 0, sender);
        }
    EXPECT_FALSE(room("d")) << "the account's ten are used";
    now = now + Bucket::window_ms;
    EXPECT_TRUE(room("d"));
}

TEST_F(LimitsTest, ACallWithoutAKnownStartKeepsItsPlaceAsLateAsItCanStart) {
    for (int i = 0; i < 4; ++i) limits.reserve(claim(), now + start_within_ms, now);
    EXPECT_EQ(wait(), start_within_ms + Bucket::window_ms);
}

TEST_F(LimitsTest, WhatNeverStartedGivesItsPlaceBack) {
    for (int i = 0; i < 4; ++i) limits.reserve(claim(), now + start_within_ms, now);
    limits.withdraw(claim(), now + start_within_ms, now);
    EXPECT_TRUE(room());
}

TEST_F(LimitsTest, AnAnswerMayComeFromLongAfterTheMomentOfItsCycle) {
    for (int i = 0; i < 4; ++i) {
        limits.reserve(claim(), now + start_within_ms, now);
        SendOutcome outcome;
        outcome.kind = Kind::accepted;
        outcome.first_byte = now + 60'000;
        limits.learn(claim(), now + start_within_ms, outcome, now);
        limits.release(claim());
    }
    EXPECT_FALSE(room());
    EXPECT_EQ(wait(), 60'000 + Bucket::window_ms);
}

TEST_F(LimitsTest, RetryAfterIsHonouredAndEachRefusalDoublesTheWait) {
    call(Kind::throttled, 7'000);
    EXPECT_EQ(wait(), 7'000);
    call(Kind::throttled);
    EXPECT_EQ(wait(), 200);
    call(Kind::not_started);
    EXPECT_EQ(wait(), 400);
    for (int i = 0; i < 20; ++i) wait(), call(Kind::throttled);
    EXPECT_EQ(wait(), 30'000);
    call(Kind::accepted);
    call(Kind::throttled);
    EXPECT_EQ(wait(), 100) << "an answer begins anew";
}

TEST_F(LimitsTest, ACarrierWhoseCallsEndUnknownIsAskedWithOneAtATime) {
    for (int i = 0; i < 10; ++i) {
        ASSERT_LT(wait(), 5'000);
        call(Kind::unknown);
    }
    wait();
    EXPECT_TRUE(room());
    limits.reserve(claim(), now + start_within_ms, now);
    now = now + 60'000;
    EXPECT_FALSE(room()) << "one is open";
    limits.release(claim());
    EXPECT_TRUE(room());
}

TEST_F(LimitsTest, AnAccountThatIsGoneCountsForItsSenderAlone) {
    Claim gone = claim();
    gone.account = nullptr;
    for (int i = 0; i < 4; ++i) limits.reserve(gone, now + start_within_ms, now);
    EXPECT_FALSE(room());
    EXPECT_TRUE(room("other"));
    limits.release(gone);
}

using Seen = std::vector<std::pair<BootMs, std::uint32_t>>;

std::uint64_t most_in_a_second(Seen& seen) {
    std::ranges::sort(seen);
    std::uint64_t inside = 0;
    std::uint64_t most = 0;
    for (std::size_t first = 0, last = 0; last < seen.size(); ++last) {
        inside += seen[last].second;
        while (seen[last].first - seen[first].first >= 1'000) inside -= seen[first++].second;
        most = std::max(most, inside);
    }
    return most;
}

// Whatever a call does between its pick and its answer, the carrier sees no more in a second than it allows.
TEST(Limits, NoSecondAtTheCarrierHoldsMoreThanTheLimit) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random{seed};
    const auto below = [&](std::int64_t bound) { return static_cast<std::int64_t>(random()) % bound; };
    struct Call {
        Claim claim;
        BootMs latest;
        BootMs starts;
        BootMs answered;
        SendOutcome outcome;
    };
    const Account account = account_of(30);
    Limits limits{opened};
    std::vector<Call> open;
    const std::array<std::string, 3> senders{"a", "b", "c"};
    std::map<std::string, Seen> seen;  // by the carrier: each sender's, and "" for the account
    BootMs now = opened;
    for (int step = 0; step < 20'000; ++step) {
        now = now + below(step % 500 == 0 ? 3'000 : 8);
        std::erase_if(open, [&](const Call& call) {
            if (now < call.answered) return false;
            limits.learn(call.claim, call.latest, call.outcome, now);
            limits.release(call.claim);
            return true;
        });
        const Claim claim{senders[static_cast<std::size_t>(below(3))], 15, &account,
                          static_cast<std::uint32_t>(1 + below(4))};
        if (limits.room(claim, now) != Room::free) continue;
        Call call{claim, now + start_within_ms, now + below(start_within_ms), {}, {}};
        call.outcome.kind = below(20) == 0 ? Kind::unknown : Kind::accepted;
        call.outcome.first_byte = call.starts + below(5);  // read a little after the write
        call.answered = call.outcome.first_byte + below(300);
        for (const std::string& counted : {claim.sender, std::string{}})
            seen[counted].emplace_back(call.starts, claim.segments);
        limits.reserve(claim, call.latest, now);
        open.push_back(std::move(call));
    }
    ASSERT_GT(seen[""].size(), 1'000U);
    EXPECT_LE(most_in_a_second(seen[""]), 30U);
    EXPECT_GE(most_in_a_second(seen[""]), 24U) << "and what it may, it does";
    for (const std::string& sender : senders) EXPECT_LE(most_in_a_second(seen[sender]), 15U) << sender;
}

}  // namespace
}  // namespace whistlestop::dispatch
