// Plays: whatever platforms, people, carriers, crashes and clocks do, in any order, each text ends once, goes once, and
// no cancel is answered more often than it was asked. Chance decides; the seed says how to see it again.

#include <fmt/format.h>

#include <map>
#include <random>

#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

constexpr unsigned seeds = 12;
constexpr int moves = 400;

enum class Honesty : std::uint8_t { honest, lies };  // of the carrier: it may take what it says it did not

class Play {
public:
    Play(World& world, unsigned seed, Honesty honesty) : world_{world}, random_{seed}, honesty_{honesty} {
        world_.carrier.behave = [this](const SendCall&) { return behave(); };
    }

    void run() {
        for (int i = 0; i < moves; ++i) {
            report();
            move();
            let_time_pass();
        }
        quiet_ = true;
        for (int i = 0; i < 60; ++i) {
            world_.advance(1000);
            report();
        }
    }

    void expect_each_text_went_once() {
        std::map<std::string, int> taken;  // by reference, without its attempt
        for (const Carrier::Call& call : world_.carrier.calls) {
            EXPECT_FALSE(call.call.text.empty());
            const std::string& reference = call.call.reference;
            if (!call.provider_id.empty()) ++taken[reference.substr(0, reference.rfind('-'))];
        }
        EXPECT_GT(taken.size(), 10U);
        if (honesty_ == Honesty::lies) return;  // nobody can know
        for (const auto& [text, times] : taken) EXPECT_EQ(times, 1) << text;
    }

    void expect_each_request_ended_once() {
        std::map<std::string, std::map<v1::OutboundEvent::Kind, int>> told;
        for (const v1::OutboundEvent& event : world_.events()) ++told[event.request_id()][event.kind()];
        for (const auto& [id, asked] : requests_) {
            EXPECT_EQ(told[id][v1::OutboundEvent::KIND_ENDED], 1) << id << ": " << world_.story(id);
            EXPECT_LE(told[id][v1::OutboundEvent::KIND_CORRECTED], 1) << id << ": " << world_.story(id);
            EXPECT_LE(told[id][v1::OutboundEvent::KIND_CANCEL_REFUSED], asked.cancels)
                << id << ": " << world_.story(id);
        }
    }

private:
    struct Asked {
        std::string contact;
        int cancels = 0;
    };
    struct Report {
        BootMs due;
        std::size_t call;
        v1::DeliveryState state;
    };

    std::int64_t below(std::int64_t end) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(end)); }
    bool once_in(std::int64_t times) { return below(times) == 0; }

    Behaviour behave() {
        if (quiet_) return {};
        const std::int64_t after = once_in(3) ? below(2500) : below(100);
        const bool takes = honesty_ == Honesty::lies && once_in(2);
        switch (below(10)) {
            case 0: return {Kind::unknown, true, after};
            case 1: return {Kind::unknown, false, after};
            case 2: return {Kind::throttled, takes, after, once_in(2) ? 300 : 0};
            case 3: return {Kind::rejected, takes, after};
            case 4: return {Kind::not_started, false, after};
            default: return {Kind::accepted, true, after};
        }
    }

    // Up to four of each text, early, late, repeated, out of order.
    void report() {
        const std::vector<Carrier::Call>& calls = world_.carrier.calls;
        const BootMs now = world_.driver.clock().boot();
        for (; seen_ < calls.size(); ++seen_) {
            if (calls[seen_].provider_id.empty()) continue;
            constexpr std::array states{v1::DELIVERY_STATE_UNSPECIFIED, v1::DELIVERY_STATE_DELIVERED,
                                        v1::DELIVERY_STATE_READ};
            for (std::int64_t i = below(4); i >= 0; --i)
                reports_.push_back({now + (once_in(2) ? below(60) : below(6000)), seen_,
                                    states[static_cast<std::size_t>(below(std::ssize(states)))]});
        }
        std::erase_if(reports_, [&](const Report& report) {
            if (report.due > now) return false;
            world_.report(calls[report.call], report.state);
            return true;
        });
    }

    void move() {
        const std::int64_t what = below(100);
        if (what < 14) return ask();
        if (requests_.empty()) return;
        const auto chosen = std::next(requests_.begin(), below(std::ssize(requests_)));
        if (what < 22) {
            world_.request(chosen->first, chosen->second.contact, "s1");  // a repeat
        } else if (what < 30) {
            world_.cancel(fmt::format("c{}", ++ids_), chosen->second.contact, chosen->first);
            ++chosen->second.cancels;
        } else if (what == 30) {
            world_.say(chosen->second.contact, "STOP", fmt::format("in{}", ++ids_));
        } else if (what == 31) {
            world_.crash();
        } else if (what == 32) {
            ManualClock& clock = world_.driver.clock();
            clock.set_wall(clock.wall() + (below(40'000) - 20'000));
        }
    }

    void ask() {
        const std::string id = fmt::format("r{}", ++ids_);
        const std::string contact = contact_number(static_cast<int>(below(12)));
        requests_.emplace(id, Asked{contact});
        world_.request(id, contact, fmt::format("s{}", below(6)), fmt::format("Hello {}", below(50)));
    }

    // Now and then a cycle alone, whose commit the end may take away.
    void let_time_pass() {
        if (!once_in(3)) return world_.advance(5 + below(80));
        world_.driver.clock().advance(1 + below(5));
        world_.driver.cycle();
        if (once_in(4)) world_.crash();
    }

    World& world_;
    std::mt19937 random_;
    const Honesty honesty_;
    bool quiet_ = false;
    std::size_t seen_ = 0;
    int ids_ = 0;
    std::map<std::string, Asked> requests_;
    std::vector<Report> reports_;
};

void play(Honesty honesty) {
    const unsigned first = std::random_device{}() % 1'000'000;
    for (unsigned seed = first; seed < first + seeds && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        World world{log_kinds[seed % std::size(log_kinds)]};
        world.found_organisation();
        Play play{world, seed, honesty};
        play.run();
        play.expect_each_text_went_once();
        play.expect_each_request_ended_once();
    }
}

TEST(Plays, EachTextGoesAndEndsOnce) { play(Honesty::honest); }
TEST(Plays, EachTextEndsOnceThoughTheCarrierLies) { play(Honesty::lies); }

}  // namespace
}  // namespace whistlestop::flow
