#include "services/dispatch/call/carrier_port.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "common/http/server.hpp"
#include "common/testing/manual_clock.hpp"

namespace whistlestop::dispatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A carrier that answers with one status, or nobody at its address.
class CarrierPortTest : public testing::Test {
protected:
    void answers(unsigned status) { status_ = status; }
    // The list of texts, each page of one text.
    void lists(int pages) { pages_ = pages; }
    void refuses(unsigned status, int code) {
        status_ = status;
        code_ = code;
    }
    void goes_away() {
        server_->drain(std::chrono::milliseconds{1000});
        server_.reset();
    }

    template <class Outcome>
    Outcome ask(auto call) {
        std::promise<std::any> came;
        port_.start({"", std::move(call)}, [&](std::any outcome) { came.set_value(std::move(outcome)); });
        return std::any_cast<Outcome>(came.get_future().get());
    }
    SendOutcome::Kind send(const std::string& account = "main") {
        SendCall call;
        call.account = account;
        call.sender = "+13035550100";
        call.contact = "+13035550199";
        call.text = "Hi";
        call.valid_for_s = 60;
        call.first_byte_by = SystemClock{}.boot() + 10'000;
        return ask<SendOutcome>(std::move(call)).kind;
    }
    ListOutcome list() { return ask<ListOutcome>(ListCall{"main", "+13035550100", "+13035550199", {}, asked}); }

    [[nodiscard]] double counted(std::string_view call, std::string_view outcome) {
        return registry_
            .counter("whistlestop_dispatch_calls_total", "Calls to carriers, by what came of them.",
                     {{"call", std::string{call}}, {"outcome", std::string{outcome}}})
            .value();
    }

    static constexpr BootMs asked{77};
    std::vector<std::string> logged_;
    ManualClock clock_;

private:
    std::string page() {
        const int number = ++page_;
        const std::string next = number < pages_ ? R"("/2010-04-01/Accounts/AC1/Messages.json?Page=1")" : "null";
        return fmt::format(R"({{"messages":[{{"sid":"SM{:032}","to":"+13035550199","from":"+13035550100","body":"Hi",)"
                           R"("date_created":"Fri, 24 May 2019 17:44:46 +0000","direction":"outbound-api",)"
                           R"("status":"sent"}}],"next_page_uri":{}}})",
                           number, next);
    }

    const SystemClock system_;
    obs::Registry registry_;
    obs::Logger logger_{[this](std::string_view line) { logged_.emplace_back(line); }};
    Outcomes outcomes_{clock_, registry_, logger_};
    std::atomic<unsigned> status_ = 500;
    std::atomic<int> code_ = 21211;
    std::atomic<int> pages_ = 0;
    std::atomic<int> page_ = 0;
    http::IoThread io_;
    std::unique_ptr<http::Server> server_ =
        std::move(*http::Server::listen(io_, "127.0.0.1", 0, {}, [this](const http::Request&, http::Respond respond) {
            if (pages_ != 0) return respond({.content_type = "application/json", .body = page()});
            respond({.status = status_.load(),
                     .content_type = "application/json",
                     .body = fmt::format(R"({{"code":{}}})", code_.load())});
        }));
    Account account(const std::string& id) {
        return {.id = id,
                .sid = "AC1",
                .auth_token = "secret",
                .base_url = "http://127.0.0.1:" + std::to_string(server_->port()),
                .lane_group = id};
    }
    Accounts accounts_{{"main", account("main")}, {"other", account("other")}};
    http::Client client_{io_, {}, system_};
    CarrierPort port_{client_, accounts_, outcomes_, "http://127.0.0.1/webhooks"};
};

TEST_F(CarrierPortTest, ACarrierThatIsAwayIsSaidOncePerAccountAndTenSeconds) {
    goes_away();
    EXPECT_EQ(send(), SendOutcome::Kind::not_started);
    ASSERT_EQ(logged_.size(), 1U);
    EXPECT_THAT(logged_[0], HasSubstr("event=carrier_call_failed account=main outcome=not_started detail="));
    EXPECT_THAT(logged_[0], testing::Not(HasSubstr("303555")));
    send();
    EXPECT_FALSE(list().complete);
    EXPECT_EQ(logged_.size(), 1U);
    send("other");
    EXPECT_EQ(logged_.size(), 2U);
    clock_.advance(10'000);
    send();
    EXPECT_EQ(logged_.size(), 3U);
    EXPECT_EQ(counted("send", "not_started"), 4);
    EXPECT_EQ(counted("list", "unreadable"), 1);
}

TEST_F(CarrierPortTest, ACarrierThatFailsIsSaidWithItsStatus) {
    EXPECT_EQ(send(), SendOutcome::Kind::unknown);
    EXPECT_THAT(logged_, ElementsAre("event=carrier_call_failed account=main outcome=unknown detail=\"status 500\""));
    EXPECT_EQ(counted("send", "unknown"), 1);
}

TEST_F(CarrierPortTest, AnAccountThatIsRefusedWaitsAndIsSaidAndARateLimitIsNot) {
    refuses(429, 20429);
    EXPECT_EQ(send(), SendOutcome::Kind::throttled);
    EXPECT_THAT(logged_, testing::IsEmpty());
    refuses(401, 20003);
    EXPECT_EQ(send(), SendOutcome::Kind::throttled);
    EXPECT_THAT(logged_, ElementsAre("event=carrier_call_failed account=main outcome=throttled detail=\"status 401\""));
}

TEST_F(CarrierPortTest, WhatTheCarrierRefusesIsCountedWithoutALine) {
    answers(400);
    EXPECT_EQ(send(), SendOutcome::Kind::rejected);
    EXPECT_EQ(counted("send", "rejected"), 1);
    EXPECT_THAT(logged_, IsEmpty());
}

TEST_F(CarrierPortTest, AListIsReadToItsLastPageAndSaysWhenItWasAskedFor) {
    lists(3);
    const ListOutcome read = list();
    EXPECT_TRUE(read.complete);
    EXPECT_EQ(read.entries.size(), 3U);
    EXPECT_EQ(read.asked, asked);
    EXPECT_EQ(counted("list", "readable"), 3);
}

TEST_F(CarrierPortTest, AListTooLongToBeReadSaysNothing) {
    lists(100);
    EXPECT_FALSE(list().complete);
}

}  // namespace
}  // namespace whistlestop::dispatch
