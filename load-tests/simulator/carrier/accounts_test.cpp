#include "load-tests/simulator/carrier/accounts.hpp"

#include <gtest/gtest.h>

namespace simulator::carrier {
namespace {

using std::chrono::milliseconds;

TEST(SlidingSecond, NeverAdmitsMoreThanTheLimitInAnySecond) {
    SlidingSecond second;
    const Steady::time_point begin{};
    std::vector<std::pair<int, unsigned>> admitted;
    for (int at = 0; at < 3000; at += 7) {
        const unsigned segments = 1 + static_cast<unsigned>(at) % 3;
        if (second.admit(segments, 10, begin + milliseconds{at})) admitted.emplace_back(at, segments);
    }
    for (const auto& [from, first] : admitted) {
        unsigned sum = 0;
        for (const auto& [at, segments] : admitted) sum += at >= from && at < from + 1000 ? segments : 0;
        EXPECT_LE(sum, 10U) << from;
    }
    EXPECT_GE(admitted.size(), 12U);
}

TEST(SenderQueue, LetsSegmentsLeaveAtItsRate) {
    Sender sender{"+1", nullptr, 10, {}};
    const Steady::time_point now{milliseconds{5000}};
    EXPECT_EQ(sender.queue(2, now), milliseconds{0});
    EXPECT_EQ(sender.queue(1, now), milliseconds{200});
    EXPECT_EQ(sender.queue(1, now), milliseconds{300});
    EXPECT_EQ(sender.queue(1, now + milliseconds{1000}), milliseconds{0});
    sender.mps = 0;
    EXPECT_EQ(sender.queue(9, now), milliseconds{0});
}

AccountConfig main_account() {
    return {"main", "AC1", "token", "http://127.0.0.1:1/webhooks/twilio/main", "", 0, {{"+100", 0, {}}}};
}

TEST(Accounts, AreFoundBySidAndNumber) {
    Accounts accounts{{main_account()}};
    ASSERT_NE(accounts.sender("+100"), nullptr);
    EXPECT_EQ(accounts.sender("+100")->account, accounts.with_sid("AC1"));
    EXPECT_EQ(accounts.with_sid("AC1")->authorization, "Basic QUMxOnRva2Vu");
    EXPECT_EQ(accounts.sender("+101"), nullptr);
    EXPECT_EQ(accounts.with_sid("AC2"), nullptr);
    EXPECT_THROW((Accounts{{main_account(), main_account()}}), BadConfig);
}

TEST(Accounts, WebhooksMoveWithTheGatewayAndTheSignedUrlStays) {
    Accounts accounts{{main_account()}};
    EXPECT_TRUE(accounts.move_webhooks("main", "http://127.0.0.1:9000"));
    EXPECT_EQ(accounts.with_sid("AC1")->webhook_base, "http://127.0.0.1:9000/webhooks/twilio/main");
    EXPECT_EQ(accounts.with_sid("AC1")->public_base, "http://127.0.0.1:1/webhooks/twilio/main");
    EXPECT_FALSE(accounts.move_webhooks("nobody", "http://127.0.0.1:9000"));
    EXPECT_FALSE(accounts.move_webhooks("", "ftp://x"));
}

}  // namespace
}  // namespace simulator::carrier
