#include "services/intake/webhook/webhooks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "common/domain/form.hpp"
#include "common/http/client.hpp"
#include "common/log/memory/memory_log.hpp"
#include "services/intake/authenticate/hmac.hpp"

namespace whistlestop::intake {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view token = "12345";
constexpr std::string_view public_url = "https://gateway.example";
constexpr std::string_view inbound = "/webhooks/twilio/main/inbound";
constexpr std::string_view status = "/webhooks/twilio/main/status?ref=3-000102030405060708090a0b0c0d0e0f-2";
const std::string message_sid = "SM00000000000000000000000000000001";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";

// A log that any thread may use, durable at once or when the test says so.
class SharedLog final : public Log {
public:
    void submit(Commit commit, Durable durable) override {
        const std::lock_guard lock{mutex_};
        inner_.submit(std::move(commit), std::move(durable));
        if (!held_) inner_.sync();
        submitted_.notify_all();
    }
    void follow(TopicPartition, std::uint64_t) override {}
    [[nodiscard]] std::uint64_t begin(TopicPartition) const override { return 0; }
    [[nodiscard]] std::uint64_t end(TopicPartition partition) const override {
        const std::lock_guard lock{mutex_};
        return inner_.end(partition);
    }
    [[nodiscard]] std::uint64_t newest(TopicPartition partition) const override { return end(partition); }
    std::uint64_t read(TopicPartition partition, std::uint64_t offset, std::size_t max, Batch& into) override {
        const std::lock_guard lock{mutex_};
        return inner_.read(partition, offset, max, into);
    }
    void listen(std::function<void()>) override {}

    void hold() {
        const std::lock_guard lock{mutex_};
        held_ = true;
    }
    void wait_until_waiting(std::size_t commits) {
        std::unique_lock lock{mutex_};
        submitted_.wait(lock, [&] { return inner_.waiting() >= commits; });
    }
    void sync() {
        const std::lock_guard lock{mutex_};
        inner_.sync();
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable submitted_;
    MemoryLog inner_;
    bool held_ = false;
};

// A form of the account's, about one message.
std::string form_with(std::string_view rest) {
    return "MessageSid=" + message_sid + "&AccountSid=AC1&" + std::string{rest};
}

struct Sent {
    std::string target{inbound};
    std::string body = form_with("From=%2B13035550199&To=%2B13035550100&Body=STOP&NumMedia=0");
    std::string content_type{form_type};
    std::string method = "POST";
    std::string signature = {};  // of target and body where it is empty
    bool is_signed = true;
};

Sent usual(auto change) {
    Sent sent;
    change(sent);
    return sent;
}

Sent report() {
    return usual([](Sent& sent) {
        sent.target = status;
        sent.body = form_with("MessageStatus=delivered&To=%2B13035550199&From=%2B13035550100");
    });
}

// What Twilio signs: the URL, then names and values in the order of the names.
std::string signature_of(std::string_view target, std::string_view body) {
    const auto form = decode_form(body);
    if (!form) return hmac_sha1_base64(token, {public_url, target});
    Form fields = *form;
    std::ranges::sort(fields);
    std::string joined;
    for (const auto& [name, value] : fields) joined += name + value;
    return hmac_sha1_base64(token, {public_url, target, joined});
}

using Changes = std::vector<std::pair<std::string_view, std::string>>;

// A captured request whose fields are cut up differently, so that what is signed stays the same.
Sent recut(Sent sent, const Changes& changes) {
    sent.signature = signature_of(sent.target, sent.body);
    for (const auto& [from, to] : changes) sent.body.replace(sent.body.find(from), from.size(), to);
    EXPECT_EQ(signature_of(sent.target, sent.body), sent.signature);
    return sent;
}

class WebhooksTest : public testing::Test {
protected:
    // Begins a request; the answer comes to the future.
    std::future<http::Answer> send(const Sent& sent) {
        http::Call call{.method = sent.method,
                        .base_url = "http://127.0.0.1:" + std::to_string(server_->port()),
                        .target = sent.target,
                        .headers = {{"Content-Type", sent.content_type}},
                        .body = sent.body,
                        .first_byte_by = {}};
        const std::string signature = sent.signature.empty() ? signature_of(sent.target, sent.body) : sent.signature;
        if (sent.is_signed) call.headers.push_back({"X-Twilio-Signature", signature});
        auto answered = std::make_shared<std::promise<http::Answer>>();
        client_.call(std::move(call), [answered](const http::Outcome& outcome) {
            answered->set_value(outcome.answer.value_or(http::Answer{}));
        });
        return answered->get_future();
    }
    http::Answer answer_to(const Sent& sent) { return send(sent).get(); }

    // Everything that stands on a topic.
    std::vector<Record> records(Topic topic) {
        batch_.clear();
        for (std::uint16_t partition = 0; partition < spec_of(topic).partitions; ++partition)
            log_.read({topic, partition}, 0, 1000, batch_);
        return batch_.records;
    }
    std::size_t total() {
        return records(Topic::inbound).size() + records(Topic::carrier_reports).size() + records(Topic::dlq).size();
    }
    void expect_refused(const Sent& sent, unsigned wanted) {
        EXPECT_EQ(answer_to(sent).status, wanted);
        EXPECT_EQ(total(), 0U);
    }

    SystemClock clock_;
    obs::Registry registry_;
    std::string logged_;
    obs::Logger logger_{[this](std::string_view line) { logged_ += line; }};
    SharedLog log_;
    Webhooks webhooks_{log_,
                       clock_,
                       {{{{"main", {"twilio", "AC1", {"old", std::string{token}}}}, {"empty", {"twilio", "AC2", {}}}},
                         std::string{public_url}},
                        2},
                       registry_,
                       logger_};
    http::IoThread io_;
    http::Client client_{io_, {}, clock_};
    Batch batch_;
    std::unique_ptr<http::Server> server_ = std::move(
        *http::Server::listen(io_, "127.0.0.1", 0, {}, [this](const http::Request& request, http::Respond respond) {
            webhooks_.handle(request, std::move(respond));
        }));
};

TEST_F(WebhooksTest, AnInboundTextIsAnsweredWithoutATextWhenItIsDurable) {
    const http::Answer answer = answer_to({});
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.body, "<Response/>");
    EXPECT_EQ(*http::find_header(answer.headers, "Content-Type"), "text/xml");
    const auto found = records(Topic::inbound);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].at, place(Topic::inbound, "+13035550199"));
    v1::InboundRecord record;
    ASSERT_TRUE(record.ParseFromString(std::string{found[0].value}));
    EXPECT_EQ(record.text().body(), "STOP");
    EXPECT_EQ(record.text().account(), "main");
}

TEST_F(WebhooksTest, AReportGoesToThePartitionOfItsReference) {
    EXPECT_EQ(answer_to(report()).status, 200U);
    const auto found = records(Topic::carrier_reports);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].at.partition, 3);
}

TEST_F(WebhooksTest, NothingIsAnsweredBeforeItIsDurable) {
    log_.hold();
    auto answer = send({});
    log_.wait_until_waiting(1);
    EXPECT_EQ(answer.wait_for(std::chrono::seconds{0}), std::future_status::timeout);
    log_.sync();
    EXPECT_EQ(answer.get().status, 200U);
}

TEST_F(WebhooksTest, TooManyThatWaitAreTurnedAway) {
    log_.hold();
    auto first = send({});
    auto second = send(report());
    log_.wait_until_waiting(2);
    const http::Answer third = answer_to({});
    EXPECT_EQ(third.status, 503U);
    EXPECT_EQ(*http::find_header(third.headers, "Retry-After"), "1");
    log_.sync();
    EXPECT_EQ(first.get().status, 200U);
    EXPECT_EQ(second.get().status, 200U);
    EXPECT_EQ(total(), 2U);
}

TEST_F(WebhooksTest, Unsigned) {
    expect_refused(usual([](Sent& sent) { sent.is_signed = false; }), 403);
    expect_refused(usual([](Sent& sent) { sent.body = "%zz", sent.is_signed = false; }), 403);
}

TEST_F(WebhooksTest, WronglySigned) {
    const std::string other = signature_of("/webhooks/twilio/other/inbound", Sent{}.body);
    expect_refused(usual([&](Sent& sent) { sent.signature = other; }), 403);
    expect_refused(usual([](Sent& sent) { sent.signature = "x"; }), 403);
    expect_refused(usual([](Sent& sent) { sent.target = "/webhooks/twilio/empty/inbound"; }), 403);
}

TEST_F(WebhooksTest, ReplayedAtAnotherAddress) {
    const std::string captured = signature_of(inbound, Sent{}.body);
    expect_refused(usual([&](Sent& sent) { sent.signature = captured, sent.target += "?x=1"; }), 403);
    expect_refused(usual([&](Sent& sent) { sent.signature = captured, sent.target = status; }), 403);
}

TEST_F(WebhooksTest, AReplayWithNumMediaFoldedIntoMessageSidChangesNothing) {
    EXPECT_EQ(answer_to({}).status, 200U);
    const http::Answer answer = answer_to(recut({}, {{message_sid, message_sid + "NumMedia0"}, {"&NumMedia=0", ""}}));
    EXPECT_EQ(answer.status, 400U);
    EXPECT_THAT(answer.body, StartsWith("MessageSid"));
    EXPECT_EQ(total(), 1U);
}

TEST_F(WebhooksTest, AReplayWithAccountSidUnderAnotherNameChangesNothing) {
    for (const Sent& captured : {Sent{}, report()})
        expect_refused(recut(captured, {{"AccountSid=AC1", "AccountSi=dAC1"}}), 403);
}

TEST_F(WebhooksTest, AReplayWithAFragmentChangesNothing) {
    for (const std::string fragment : {"#", "#1", "#&ref=x"}) {
        Sent sent = report();
        sent.signature = signature_of(sent.target, sent.body);
        sent.target += fragment;
        expect_refused(sent, 404);
    }
}

TEST_F(WebhooksTest, Truncated) {
    const std::string whole = signature_of(inbound, Sent{}.body);
    for (std::size_t size = 0; size < Sent{}.body.size(); size += 7) {
        const http::Answer answer =
            answer_to(usual([&](Sent& sent) { sent.signature = whole, sent.body.resize(size); }));
        EXPECT_TRUE(answer.status == 403 || answer.status == 400) << size;
    }
    EXPECT_EQ(total(), 0U);
    expect_refused(usual([&](Sent& sent) { sent.body = form_with(""); }), 400);
}

TEST_F(WebhooksTest, TenMegabytes) {
    expect_refused(usual([](Sent& sent) { sent.body += std::string(10 << 20, 'x'); }), 413);
}

TEST_F(WebhooksTest, NonUtf8) {
    const Sent sent = usual([](Sent& changed) {
        changed.body = form_with("From=%2B13035550199&To=%2B13035550100&Body=%FF%FE&NumMedia=0");
    });
    const http::Answer answer = answer_to(sent);
    EXPECT_EQ(answer.status, 400U);
    EXPECT_THAT(answer.body, StartsWith("Body"));
    EXPECT_EQ(total(), 0U);
}

TEST_F(WebhooksTest, WrongContentType) {
    for (const std::string type : {"", "application/json", "text/plain", "application/x-www-form-urlencodedx"})
        expect_refused(usual([&](Sent& sent) { sent.content_type = type; }), 415);
    EXPECT_EQ(answer_to(usual([](Sent& sent) {
                  sent.content_type = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
              })).status,
              200U);
}

TEST_F(WebhooksTest, RepeatedIsAnsweredAgainAndKeepsItsId) {
    EXPECT_EQ(answer_to({}).status, 200U);
    EXPECT_EQ(answer_to({}).status, 200U);
    const auto found = records(Topic::inbound);
    ASSERT_EQ(found.size(), 2U) << "optout tells a repeat by its id";
    for (const Record& record : found) {
        v1::InboundRecord message;
        ASSERT_TRUE(message.ParseFromString(std::string{record.value}));
        EXPECT_EQ(message.text().provider_id(), message_sid);
    }
}

TEST_F(WebhooksTest, ABadFieldIsNamedWithoutItsValue) {
    const http::Answer answer = answer_to(
        usual([](Sent& sent) { sent.body = form_with("From=3035550199&To=%2B13035550100&Body=x&NumMedia=0"); }));
    EXPECT_EQ(answer.status, 400U);
    EXPECT_THAT(answer.body, StartsWith("From"));
    EXPECT_THAT(answer.body, testing::Not(HasSubstr("3035550199")));
    EXPECT_THAT(logged_, testing::Not(HasSubstr("3035550199")));
}

TEST_F(WebhooksTest, TheAccountIsNamedOnceAndIsTheConfiguredOne) {
    const auto named = [](Sent sent, const std::string& account) {
        sent.body.replace(sent.body.find("AccountSid=AC1&"), 15, account);
        return sent;
    };
    for (const Sent& sent : {Sent{}, report()}) {
        expect_refused(named(sent, "AccountSid=AC2&"), 403);
        expect_refused(named(sent, "AccountSid=AC1&AccountSid=AC2&"), 403);
        expect_refused(named(sent, "AccountSid=AC1&AccountSid=AC1&"), 403);
        expect_refused(named(sent, ""), 403);
    }
    EXPECT_THAT(logged_, HasSubstr("reason=account"));
}

TEST_F(WebhooksTest, UnknownPlacesAndMethods) {
    expect_refused(usual([](Sent& sent) { sent.target = "/"; }), 404);
    expect_refused(usual([](Sent& sent) { sent.target = "/webhooks/twilio/nobody/inbound"; }), 404);
    expect_refused(usual([](Sent& sent) { sent.target = "/webhooks/telnyx/main/inbound"; }), 404);
    expect_refused(usual([](Sent& sent) { sent.method = "PUT"; }), 405);
    const http::Answer answer = answer_to(usual([](Sent& sent) { sent.method = "GET", sent.body = ""; }));
    EXPECT_EQ(answer.status, 405U);
    EXPECT_EQ(*http::find_header(answer.headers, "Allow"), "POST");
}

TEST_F(WebhooksTest, AReportThatNamesNobodyIsKeptAsADeadLetter) {
    const Sent sent = usual([](Sent& changed) {
        changed.target = "/webhooks/twilio/main/status";
        changed.body = form_with("MessageStatus=delivered");
    });
    EXPECT_EQ(answer_to(sent).status, 200U);
    EXPECT_EQ(records(Topic::dlq).size(), 1U);
}

TEST_F(WebhooksTest, CountsWhatItTakesAndWhyItRefuses) {
    answer_to({});
    answer_to(report());
    answer_to(usual([](Sent& sent) { sent.is_signed = false; }));
    answer_to(usual([](Sent& sent) { sent.is_signed = false; }));
    const std::string text = registry_.text();
    EXPECT_THAT(text, HasSubstr("whistlestop_intake_webhooks_total{kind=\"inbound\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_intake_webhooks_total{kind=\"status\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_intake_refused_total{reason=\"signature\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_intake_durable_seconds_count 2\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_intake_waiting 0\n"));
    EXPECT_EQ(logged_, "event=webhook_refused reason=signature detail=\"signature is missing or malformed\"");
}

}  // namespace
}  // namespace whistlestop::intake
