#include "load-tests/simulator/simulator.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <poll.h>

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

namespace simulator {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::ip::tcp;

// Stands for the gateway's webhooks.
class Gateway {
public:
    ~Gateway() {
        io_.stop();
        thread_.join();
    }

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    void refuse_next(int count) { refusals_ = count; }

    // The first `count` posts, once they are there; fewer after ten seconds.
    std::vector<std::pair<std::string, carrier::Fields>> posts(std::size_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return posts_.size() >= count; });
        return posts_;
    }

private:
    void take(const http::Request& request, http::Reply reply) {
        const std::lock_guard lock{mutex_};
        posts_.emplace_back(request.target, carrier::parse_form(request.body));
        reply.send(http::answer(refusals_-- > 0 ? 503 : 204, "text/plain", ""));
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<std::string, carrier::Fields>> posts_;
    std::atomic<int> refusals_ = 0;
    asio::io_context io_;
    http::Server server_{io_, "127.0.0.1", 0,
                         [this](const http::Request& request, http::Reply reply) { take(request, std::move(reply)); }};
    std::thread thread_{[this] { io_.run(); }};
};

class EndToEnd : public testing::Test {
protected:
    EndToEnd() {
        config_.record = testing::TempDir() + "simulator_test_" + std::to_string(::getpid()) + "_" +
                         testing::UnitTest::GetInstance()->current_test_info()->name() + ".jsonl";
        config_.answer_latency = config_.transit = {};
        config_.reports.latency = {milliseconds{1}, milliseconds{5}};
        config_.retries.pause = milliseconds{5};
        const std::string base = "http://127.0.0.1:" + std::to_string(gateway_.port()) + "/hooks";
        config_.accounts = {{"main",
                             "AC1",
                             "token",
                             base,
                             "https://gateway.example/hooks",
                             0,
                             {{"+15550000100", 0, {{"STOP"}, true, Reach::number}}, {"+15550000101", 0, {}}}},
                            {"other", "AC2", "token", base, "", 0, {{"+15550000200", 0, {}}}}};
        std::remove(config_.record.c_str());
    }
    ~EndToEnd() override {
        stop();
        std::remove(config_.record.c_str());
    }

    void start() {
        simulator_.emplace(config_);
        thread_ = std::thread{[this] { simulator_->run(); }};
    }

    void stop() {
        if (!thread_.joinable()) return;
        request("POST /_sim/stop", "");
        thread_.join();
    }

    // Everything that came until the other side closed, or (where it keeps silent) for a tenth of a second.
    std::string request(const std::string& line, const std::string& body) {
        asio::io_context io;
        tcp::socket socket{io};
        socket.connect({asio::ip::address_v4::loopback(), simulator_->port()});
        const std::string bytes = line + " HTTP/1.1\r\nConnection: close\r\nAuthorization: Basic QUMxOnRva2Vu\r\n" +
                                  "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        asio::write(socket, asio::buffer(bytes));
        pollfd readable{socket.native_handle(), POLLIN, 0};
        if (::poll(&readable, 1, 100) == 0) return "hang";
        std::string answer;
        boost::system::error_code error;
        asio::read(socket, asio::dynamic_buffer(answer), error);
        return error == asio::error::connection_reset ? "reset" : answer;
    }

    std::string send(const std::string& to, const std::string& from = "+15550000100") {
        const carrier::Fields call{
            {"To", to}, {"From", from}, {"Body", "Will you vote?"}, {"StatusCallback", status_callback_}};
        return request("POST /2010-04-01/Accounts/AC1/Messages.json", carrier::encode_form(call));
    }

    static json::value json_of(const std::string& answer) { return json::parse(answer.substr(answer.find('{'))); }

    std::size_t listed(const std::string& to) {
        const std::string query = carrier::encode_form({{"To", to}});
        return json_of(request("GET /2010-04-01/Accounts/AC1/Messages.json?" + query, ""))
            .at("messages")
            .as_array()
            .size();
    }

    std::vector<json::object> record(std::string_view event) {
        std::vector<json::object> lines;
        std::ifstream file{config_.record};
        for (std::string line; std::getline(file, line);) {
            json::object object = json::parse(line).as_object();
            if (object.at("event").as_string() == event) lines.push_back(std::move(object));
        }
        return lines;
    }

    Gateway gateway_;
    std::string status_callback_ = "https://gateway.example/hooks/status?ref=t1.1";
    Config config_;
    std::optional<Simulator> simulator_;
    std::thread thread_;
};

TEST_F(EndToEnd, ATextIsTakenReachesItsPhoneIsReportedAndRecorded) {
    start();
    const std::string answer = send("+15551230001");
    ASSERT_TRUE(answer.starts_with("HTTP/1.1 201 Created\r\n")) << answer;
    const json::string sid = json_of(answer).at("sid").as_string();
    const auto posts = gateway_.posts(2);
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_EQ(posts[1].first, "/hooks/status?ref=t1.1");
    EXPECT_EQ(carrier::field(posts[0].second, "MessageStatus"), "sent");
    EXPECT_EQ(carrier::field(posts[1].second, "MessageStatus"), "delivered");
    EXPECT_EQ(carrier::field(posts[1].second, "MessageSid"), std::string_view{sid});
    stop();

    EXPECT_EQ(record("call").at(0).at("status_callback").as_string(), "https://gateway.example/hooks/status?ref=t1.1");
    EXPECT_TRUE(record("outcome").at(0).at("taken").as_bool());
    EXPECT_EQ(record("phone_got").at(0).at("body").as_string(), "Will you vote?");
    EXPECT_EQ(record("final").at(0).at("sid").as_string(), sid);
    EXPECT_EQ(record("webhook").size(), 2U);
    EXPECT_EQ(record("stop").size(), 1U);
}

TEST_F(EndToEnd, AStopIsHeardAnsweredAndBlocksUntilStart) {
    start();
    const auto say = [&](const std::string& body) {
        const std::string said = R"({"from": "+15551230009", "to": "+15550000100", "body": ")" + body + R"("})";
        return request("POST /_sim/say", said);
    };
    EXPECT_NE(say("stop").find("\"sid\""), std::string::npos);
    EXPECT_EQ(json_of(send("+15551230009")).at("code").as_int64(), 21610);
    EXPECT_TRUE(send("+15551230009", "+15550000101").starts_with("HTTP/1.1 201"));
    say("START");
    EXPECT_TRUE(send("+15551230009").starts_with("HTTP/1.1 201"));
    const auto posts = gateway_.posts(1);
    EXPECT_EQ(posts.at(0).first, "/hooks/inbound");
    EXPECT_EQ(carrier::field(posts.at(0).second, "OptOutType"), "STOP");
    stop();
    EXPECT_TRUE(record("phone_got").at(0).at("auto").as_bool());
}

TEST_F(EndToEnd, AWebhookIsRepeatedUnderItsIdUntilItIsAcknowledged) {
    start();
    gateway_.refuse_next(2);
    request("POST /_sim/say", R"({"from": "+15551230009", "to": "+15550000101", "body": "Hello"})");
    const auto posts = gateway_.posts(3);
    ASSERT_EQ(posts.size(), 3U);
    EXPECT_EQ(posts[0], posts[2]);
    stop();
    EXPECT_EQ(record("webhook").at(2).at("attempt").as_int64(), 3);
    EXPECT_EQ(record("webhook").at(2).at("http").as_int64(), 204);
}

TEST_F(EndToEnd, WebhooksFollowTheGatewayAndACallbackElsewhereGoesWhereItSays) {
    Gateway moved;
    start();
    const json::object base{{"base", "http://127.0.0.1:" + std::to_string(moved.port())}};
    request("POST /_sim/webhooks", json::serialize(base));
    send("+15551230001");
    EXPECT_EQ(moved.posts(2).at(1).first, "/hooks/status?ref=t1.1");

    status_callback_ = "http://127.0.0.1:" + std::to_string(gateway_.port()) + "/elsewhere#rc=2";
    send("+15551230002");
    EXPECT_EQ(gateway_.posts(2).at(1).first, "/elsewhere");
}

TEST_F(EndToEnd, EveryFaultLooksFromOutsideAsItIsNamedAndTakesTheTextOrDoesNot) {
    start();
    const std::map<carrier::Fault, std::string_view> beginnings{{carrier::Fault::throttled_429, "HTTP/1.1 429"},
                                                                {carrier::Fault::error_500_taken, "HTTP/1.1 500"},
                                                                {carrier::Fault::error_500_not, "HTTP/1.1 500"},
                                                                {carrier::Fault::hang_taken, "hang"},
                                                                {carrier::Fault::hang_not, "hang"},
                                                                {carrier::Fault::reset_taken, "reset"},
                                                                {carrier::Fault::reset_not, "reset"},
                                                                {carrier::Fault::refused, "HTTP/1.1 400"},
                                                                {carrier::Fault::undeliverable, "HTTP/1.1 201"},
                                                                {carrier::Fault::slow_report, "HTTP/1.1 201"},
                                                                {carrier::Fault::repeated_report, "HTTP/1.1 201"},
                                                                {carrier::Fault::disordered_reports, "HTTP/1.1 201"}};
    std::string previous;
    for (std::size_t kind = 1; kind < carrier::fault_kinds; ++kind) {
        const auto fault = static_cast<carrier::Fault>(kind);
        if (fault == carrier::Fault::report_before_answer) continue;  // its answer takes longer than `request` waits
        const std::string name{carrier::name_of(fault)};
        json::object permille{{name, 1000}};
        if (!previous.empty()) permille[previous] = 0;
        previous = name;
        request("POST /_sim/faults", json::serialize(json::object{{"permille", permille}}));
        const std::string to = "+155512300" + std::to_string(10 + kind);
        const std::string answer = send(to);
        if (beginnings.contains(fault)) {
            EXPECT_TRUE(answer.starts_with(beginnings.at(fault))) << name << ": " << answer;
        }
        EXPECT_EQ(listed(to), carrier::is_taken(fault) ? 1U : 0U) << name;
    }
    stop();
    for (const json::object& outcome : record("outcome")) {
        const auto& fault = outcome.at("fault").as_string();
        if (fault.ends_with("_taken")) {
            EXPECT_TRUE(outcome.at("taken").as_bool()) << fault;
        }
        if (fault.ends_with("_not")) {
            EXPECT_FALSE(outcome.at("taken").as_bool()) << fault;
        }
    }
}

TEST_F(EndToEnd, ReportsMayComeBeforeTheAnswer) {
    config_.faults.permille[static_cast<std::size_t>(carrier::Fault::report_before_answer)] = 1000;
    start();
    std::thread caller{[&] { send("+15551230001"); }};
    EXPECT_EQ(gateway_.posts(2).size(), 2U);
    caller.join();
    EXPECT_NE(request("GET /_sim/stats", "").find("\"answers_due\":1"), std::string::npos);
    stop();
}

TEST_F(EndToEnd, PeopleAnswerAndTheGatewayHearsThem) {
    config_.people.stop_permille = 1000;
    config_.people.read = config_.people.answer = {milliseconds{1}, milliseconds{2}};
    config_.reports.on = false;
    start();
    send("+15551230001");
    const auto posts = gateway_.posts(1);
    ASSERT_EQ(posts.size(), 1U);
    EXPECT_EQ(posts[0].first, "/hooks/inbound");
    EXPECT_EQ(carrier::field(posts[0].second, "From"), "+15551230001");
    stop();
    EXPECT_EQ(record("phone_said").at(0).at("what").as_string(), "stop");
}

TEST_F(EndToEnd, AStrangerGetsNothing) {
    start();
    const std::string call = "To=%2B15551230001&From=%2B15550000200&Body=Hi";
    EXPECT_TRUE(request("POST /2010-04-01/Accounts/AC3/Messages.json", call).starts_with("HTTP/1.1 404"));
    EXPECT_TRUE(request("POST /2010-04-01/Accounts/AC2/Messages.json", call).starts_with("HTTP/1.1 401"));
    EXPECT_EQ(json_of(send("12")).at("code").as_int64(), 21211);
    EXPECT_EQ(json_of(send("+15551230001", "+15559999999")).at("code").as_int64(), 21606);
    EXPECT_EQ(json_of(send("+15551230001", "+15550000200")).at("code").as_int64(), 21606);  // another account's
    EXPECT_TRUE(request("GET /_sim/health", "").ends_with(R"({"ok":true})"));
}

}  // namespace
}  // namespace simulator
