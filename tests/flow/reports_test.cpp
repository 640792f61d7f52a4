// Delivery reports in every order that a carrier can bring about: before the call's own answer, after it, twice. What a
// platform and a volunteer see rises only, and ends the same.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "common/domain/states.hpp"
#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

constexpr std::int64_t slot_ms = 100;

// What comes for a text, one in each slot of time: its call's answer, or a report.
enum class Comes : std::uint8_t { answer, under_way, failed, undelivered, delivered, read };

v1::DeliveryState state_of(Comes report) {
    switch (report) {
        case Comes::failed: return v1::DELIVERY_STATE_FAILED;
        case Comes::undelivered: return v1::DELIVERY_STATE_UNDELIVERED;
        case Comes::delivered: return v1::DELIVERY_STATE_DELIVERED;
        case Comes::read: return v1::DELIVERY_STATE_READ;
        default: return v1::DELIVERY_STATE_UNSPECIFIED;
    }
}

using Order = std::vector<Comes>;

std::vector<Order> every_order(Order what) {
    std::vector<Order> orders;
    std::ranges::sort(what);
    do orders.push_back(what);
    while (std::ranges::next_permutation(what).found);
    return orders;
}

// As the rules say it: any report says that the text went, and delivery rises.
std::string expected_story(const Order& order, Kind answer) {
    std::string story = "accepted";
    bool sent = false;
    v1::DeliveryState highest = v1::DELIVERY_STATE_UNSPECIFIED;
    for (const Comes comes : order) {
        if (comes == Comes::answer && answer == Kind::unknown) {
            if (!sent) story += " unknown";
            continue;
        }
        if (!std::exchange(sent, true)) story += " sent";
        if (comes == Comes::answer || state_of(comes) <= highest) continue;
        highest = state_of(comes);
        story.append(" ").append(name_of(static_cast<DeliveryState>(highest)));
    }
    return story;
}

struct Reports : Journey {
    // A text for each order, all at once. The answers come when their order says, the reports are written then.
    void play(const std::vector<Order>& orders, Kind answer) {
        allow_all_at_once();
        world.carrier.behave = [&orders, answer](const SendCall& call) {
            const Order& order = orders.at(number_of(call));
            const auto slot = std::ranges::find(order, Comes::answer) - order.begin();
            return Behaviour{answer, true, (slot + 1) * slot_ms};
        };
        for (std::size_t i = 0; i < orders.size(); ++i)
            world.request(id_of(i), contact_number(static_cast<int>(i)), "intro", id_of(i));
        world.advance(slot_ms / 2);
        ASSERT_EQ(world.carrier.calls.size(), orders.size());
        for (std::size_t slot = 0; slot < orders[0].size(); ++slot) {
            world.advance(slot_ms / 2);
            for (const Carrier::Call& call : world.carrier.calls) {
                const Comes comes = orders[number_of(call.call)][slot];
                if (comes != Comes::answer) world.report(call, state_of(comes));
            }
            world.advance(slot_ms / 2);
        }
        world.advance(10'000);  // as long as a list that proves something takes
    }
    void expect_stories(const std::vector<Order>& orders, Kind answer) {
        for (std::size_t i = 0; i < orders.size(); ++i)
            EXPECT_EQ(world.story(id_of(i)), expected_story(orders[i], answer)) << described(orders[i]);
        EXPECT_EQ(world.carrier.calls.size(), orders.size()) << "and nothing goes again";
        EXPECT_TRUE(world.driver.seen(Topic::dlq).empty());
    }
    void expect_all_end_as(const std::vector<Order>& orders, v1::DeliveryState wanted) {
        std::map<std::string, v1::DeliveryState> told;
        for (const v1::OutboundEvent& event : world.events()) told[event.request_id()] = event.delivery();
        for (std::size_t i = 0; i < orders.size(); ++i) {
            EXPECT_EQ(told[id_of(i)], wanted) << described(orders[i]);
            const auto threads = world.threads(contact_number(static_cast<int>(i)));
            ASSERT_EQ(threads.size(), 1U);
            EXPECT_EQ(threads[0].newest_out_delivery(), wanted) << described(orders[i]);
        }
    }

private:
    static std::string id_of(std::size_t i) { return fmt::format("{}", i); }
    static std::size_t number_of(const SendCall& call) { return std::stoul(call.text); }
    static std::string described(const Order& order) {
        std::string text;
        for (const Comes comes : order)
            text.append(comes == Comes::answer ? "answer" : name_of(static_cast<DeliveryState>(state_of(comes)))) +=
                ' ';
        return text;
    }
    void allow_all_at_once() {
        world.put_sender(World::sender, "acc", 1000);
        world.driver.settle();
    }
};

TEST_P(Reports, ReorderedAndRepeatedEndAsTheLastWord) {
    const auto orders = every_order(
        {Comes::answer, Comes::under_way, Comes::undelivered, Comes::undelivered, Comes::delivered, Comes::delivered});
    ASSERT_EQ(orders.size(), 180U);
    play(orders, Kind::accepted);
    expect_stories(orders, Kind::accepted);
    expect_all_end_as(orders, v1::DELIVERY_STATE_DELIVERED);
}

TEST_P(Reports, ThatContradictEachOtherEndAsTheHighest) {
    const auto orders = every_order({Comes::answer, Comes::failed, Comes::undelivered, Comes::delivered, Comes::read});
    ASSERT_EQ(orders.size(), 120U);
    play(orders, Kind::accepted);
    expect_stories(orders, Kind::accepted);
    expect_all_end_as(orders, v1::DELIVERY_STATE_READ);
}

TEST_P(Reports, OfATextWhoseAnswerNeverCameEndAsTheLastWord) {
    const auto orders = every_order({Comes::answer, Comes::under_way, Comes::undelivered, Comes::delivered});
    ASSERT_EQ(orders.size(), 24U);
    play(orders, Kind::unknown);
    expect_stories(orders, Kind::unknown);
    expect_all_end_as(orders, v1::DELIVERY_STATE_DELIVERED);
}

INSTANTIATE_TEST_SUITE_P(Logs, Reports, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
