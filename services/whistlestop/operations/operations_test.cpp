#include "services/whistlestop/operations/operations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "common/http/client.hpp"

namespace whistlestop {
namespace {

class OperationsTest : public testing::Test {
protected:
    http::Answer ask(const std::string& target, const std::string& method = "GET") {
        std::promise<http::Answer> answered;
        client_.call(
            {.method = method,
             .base_url = "http://127.0.0.1:" + std::to_string(operations_->port()),
             .target = target,
             .headers = {},
             .body = {},
             .first_byte_by = {}},
            [&](const http::Outcome& outcome) { answered.set_value(outcome.answer.value_or(http::Answer{})); });
        return answered.get_future().get();
    }

    SystemClock clock_;
    http::IoThread io_;
    http::Client client_{io_, {}, clock_};
    std::atomic<bool> live_ = true;
    std::atomic<bool> ready_ = false;
    obs::Registry registry_;
    std::unique_ptr<Operations> operations_ = std::move(*Operations::listen(
        "127.0.0.1", 0, {[this] { return live_.load(); }, [this] { return ready_.load(); }, [] { return true; }},
        registry_));
};

TEST_F(OperationsTest, AnswersEachProbeWithWhatHoldsNow) {
    EXPECT_EQ(ask("/livez").status, 200U);
    EXPECT_EQ(ask("/readyz").status, 503U);
    EXPECT_EQ(ask("/startupz").status, 200U);
    live_ = false;
    ready_ = true;
    EXPECT_EQ(ask("/livez").status, 503U);
    EXPECT_EQ(ask("/readyz?verbose").status, 200U);
}

TEST_F(OperationsTest, ShowsTheMetrics) {
    registry_.counter("x_total", "X.").add(3);
    EXPECT_THAT(ask("/metrics").body, testing::HasSubstr("x_total 3\n"));
}

TEST_F(OperationsTest, KnowsNothingElse) {
    EXPECT_EQ(ask("/").status, 404U);
    EXPECT_EQ(ask("/metrics/x").status, 404U);
    EXPECT_EQ(ask("/metrics", "POST").status, 405U);
}

TEST_F(OperationsTest, APortThatIsTakenIsNamed) {
    const auto second = Operations::listen("127.0.0.1", operations_->port(), {}, registry_);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().fault, Fault::unavailable);
}

}  // namespace
}  // namespace whistlestop
