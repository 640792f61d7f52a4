#include "load-tests/simulator/carrier/faults.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "load-tests/simulator/carrier/ending.hpp"

namespace simulator::carrier {
namespace {

FaultSettings all_at(unsigned permille_each, unsigned at_least = 0) {
    FaultSettings settings;
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) settings.permille[kind] = permille_each;
    settings.at_least = at_least;
    return settings;
}

std::string phone(int number) { return "+1555" + std::to_string(1'000'000 + number); }

std::map<std::string, Fault> first_calls(Faults& faults, const std::vector<int>& order) {
    std::map<std::string, Fault> met;
    for (const int number : order) met[phone(number)] = faults.on_call("main", phone(number), "Hi").fault;
    return met;
}

std::vector<int> numbers(int count) {
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

TEST(Faults, TheSameTextsAreStruckWhateverTheOrder) {
    Faults one{7, all_at(10)};
    Faults other{7, all_at(10)};
    const std::vector<int> order = numbers(5000);
    EXPECT_EQ(first_calls(one, order), first_calls(other, {order.rbegin(), order.rend()}));
    Faults reseeded{8, all_at(10)};
    EXPECT_NE(first_calls(one, order), first_calls(reseeded, order));
}

TEST(Faults, EachKindStrikesAsManyAsItsPermilleSays) {
    Faults faults{3, all_at(20)};
    (void)first_calls(faults, numbers(50'000));
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) {
        EXPECT_NEAR(static_cast<double>(faults.counts()[kind]), 1000, 120) << fault_names[kind];
    }
}

TEST(Faults, AKindAtZeroNeverStrikes) {
    FaultSettings settings = all_at(0, 5);
    settings.permille[static_cast<std::size_t>(Fault::hang_not)] = 1;
    Faults faults{3, settings};
    for (const auto& [to, fault] : first_calls(faults, numbers(5000))) {
        EXPECT_TRUE(fault == Fault::none || fault == Fault::hang_not) << name_of(fault);
    }
}

TEST(Faults, EachEnabledKindStrikesAtLeastSoManyOfTheFirstTexts) {
    Faults faults{3, all_at(1, 5)};
    (void)first_calls(faults, numbers(600));
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) EXPECT_GE(faults.counts()[kind], 5U) << fault_names[kind];
}

TEST(Faults, OnlyTheFirstCallIsStruckAndAThrottledTextAtMostTwice) {
    Faults faults{3, all_at(50)};
    const std::vector<int> order = numbers(5000);
    const auto first = first_calls(faults, order);
    const auto second = first_calls(faults, order);
    const auto third = first_calls(faults, order);
    int throttled_again = 0;
    for (const auto& [to, fault] : second) {
        const bool again = fault == Fault::throttled_429 && first.at(to) == Fault::throttled_429;
        EXPECT_TRUE(fault == Fault::none || again) << name_of(first.at(to));
        throttled_again += again ? 1 : 0;
        EXPECT_EQ(third.at(to), Fault::none);
    }
    EXPECT_GT(throttled_again, 50);
}

TEST(Faults, ANameSaysWhetherTheTextIsTaken) {
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) {
        const auto fault = static_cast<Fault>(kind);
        if (name_of(fault).ends_with("_taken")) {
            EXPECT_TRUE(is_taken(fault));
        }
        if (name_of(fault).ends_with("_not")) {
            EXPECT_FALSE(is_taken(fault));
        }
    }
}

}  // namespace
}  // namespace simulator::carrier
