#pragma once
// What the tests of the client share: a client on a clock that is moved by hand, and calls to a peer of the loopback.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "common/http/client.hpp"
#include "common/http/test_sockets.hpp"

namespace whistlestop::http::test {

constexpr std::string_view created = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";
constexpr std::string_view end_of_call = "!";

class ClientTest : public testing::Test {
protected:
    static Call call_to(std::uint16_t port) {
        return {.method = "POST",
                .base_url = "http://127.0.0.1:" + std::to_string(port),
                .target = "/send?a=b",
                .headers = {{"Authorization", "Basic x"}},
                .body = "hello!"};
    }

    std::future<Outcome> start(Call call) {
        auto outcome = std::make_shared<std::promise<Outcome>>();
        auto future = outcome->get_future();
        client_->call(std::move(call), [outcome](Outcome value) { outcome->set_value(std::move(value)); });
        return future;
    }

    Outcome finish(Call call) { return wait_for(start(std::move(call))); }

    // What the io thread was doing is done.
    void settle() {
        std::promise<void> done;
        io_.post([&] { done.set_value(); });
        wait_for(done.get_future());
    }

    void limit(ClientLimits limits) { client_ = std::make_unique<Client>(io_, std::move(limits), clock_); }

    HandClock clock_;
    IoThread io_;
    std::unique_ptr<Client> client_ = std::make_unique<Client>(io_, ClientLimits{}, clock_);
};

inline void expect_created(const Outcome& outcome) {
    ASSERT_TRUE(outcome.answer) << outcome.detail;
    EXPECT_EQ(outcome.answer->status, 201u);
    EXPECT_EQ(outcome.answer->body, "ok");
}

inline void expect_none(const Outcome& outcome, NoAnswer why, const std::string& detail = "") {
    ASSERT_FALSE(outcome.answer);
    EXPECT_EQ(outcome.answer.error(), why) << outcome.detail;
    EXPECT_THAT(outcome.detail, testing::HasSubstr(detail));
}

}  // namespace whistlestop::http::test
