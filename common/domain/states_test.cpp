#include "common/domain/states.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace whistlestop {
namespace {

template <class State>
std::vector<State> every() {
    std::vector<State> states;
    states.reserve(StateList<State>::all.size());
    for (const auto& [state, name] : StateList<State>::all) states.push_back(state);
    return states;
}

template <class State>
void expect_names_both_ways() {
    for (const State state : every<State>()) EXPECT_EQ(state_named<State>(name_of(state)), state);
    EXPECT_FALSE(state_named<State>("SENT"));
    EXPECT_FALSE(state_named<State>(""));
}

TEST(States, NamesGoBothWays) {
    expect_names_both_ways<RequestState>();
    expect_names_both_ways<DeliveryState>();
    EXPECT_EQ(name_of(RequestState::open), "open");
    EXPECT_EQ(name_of(RequestState::unknown), "unknown");
    EXPECT_EQ(name_of(RequestState::suppressed), "suppressed");
    EXPECT_EQ(name_of(DeliveryState::undelivered), "undelivered");
    EXPECT_EQ(name_of(DeliveryState::read), "read");
}

TEST(States, ARequestEndsOnceAndOnlyUnknownIsCorrected) {
    for (const RequestState from : every<RequestState>())
        for (const RequestState to : every<RequestState>()) {
            const bool ends = from == RequestState::open && to != RequestState::open;
            const bool corrected =
                from == RequestState::unknown && (to == RequestState::sent || to == RequestState::rejected);
            EXPECT_EQ(may_become(from, to), ends || corrected) << name_of(from) << " to " << name_of(to);
        }
}

TEST(States, NoPathOfChangesIsLongerThanTwo) {
    for (const RequestState first : every<RequestState>())
        for (const RequestState second : every<RequestState>())
            for (const RequestState third : every<RequestState>())
                EXPECT_FALSE(may_become(RequestState::open, first) && may_become(first, second) &&
                             may_become(second, third));
}

DeliveryState after(const std::vector<DeliveryState>& reports) {
    DeliveryState state = DeliveryState::none;
    for (const DeliveryState report : reports) {
        const DeliveryState next = rise(state, report);
        EXPECT_GE(next, state);
        EXPECT_EQ(rise(next, report), next);  // a repeat changes nothing
        state = next;
    }
    return state;
}

TEST(DeliveryLaws, AnyPermutationOfReportsGivesTheSameState) {
    for (int mask = 0; mask < 1 << 7; ++mask) {
        std::vector<DeliveryState> reports;
        for (const DeliveryState state : every<DeliveryState>())
            if ((mask >> static_cast<int>(state) & 1) != 0) reports.push_back(state);
        const DeliveryState want = reports.empty() ? DeliveryState::none : reports.back();
        do {
            ASSERT_EQ(after(reports), want);
        } while (std::ranges::next_permutation(reports).found);
    }
}

TEST(Delivery, TheOrderIsTheRulesOwn) {
    EXPECT_EQ(rise(DeliveryState::none, DeliveryState::unconfirmed), DeliveryState::unconfirmed);
    EXPECT_EQ(rise(DeliveryState::expired, DeliveryState::unconfirmed), DeliveryState::expired);
    EXPECT_EQ(rise(DeliveryState::expired, DeliveryState::failed), DeliveryState::failed);
    EXPECT_EQ(rise(DeliveryState::undelivered, DeliveryState::failed), DeliveryState::undelivered);
    EXPECT_EQ(rise(DeliveryState::undelivered, DeliveryState::delivered), DeliveryState::delivered);
    EXPECT_EQ(rise(DeliveryState::read, DeliveryState::delivered), DeliveryState::read);
}

TEST(Delivery, OnlyArrivedAndLostContradict) {
    EXPECT_TRUE(contradict(DeliveryState::delivered, DeliveryState::failed));
    EXPECT_TRUE(contradict(DeliveryState::expired, DeliveryState::read));
    EXPECT_FALSE(contradict(DeliveryState::failed, DeliveryState::undelivered));
    EXPECT_FALSE(contradict(DeliveryState::unconfirmed, DeliveryState::delivered));
    EXPECT_FALSE(contradict(DeliveryState::none, DeliveryState::failed));
    EXPECT_FALSE(contradict(DeliveryState::delivered, DeliveryState::read));
}

}  // namespace
}  // namespace whistlestop
