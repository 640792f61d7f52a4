#include "services/dispatch/carrier/twilio.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "common/domain/form.hpp"

namespace whistlestop::twilio {
namespace {

using std::chrono::seconds;

std::string payload(const std::string& name) {
    std::ifstream file{TESTDATA "/twilio-" + name + ".json", std::ios::binary};
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>{file}, {}};
}

const Account account{"AC1", basic_authorization("AC1", "secret")};

Outgoing usual() {
    return {.to = Phone::parse("+13035550199").value(),
            .from = SenderId::parse("+13035550100").value(),
            .body = "Hi Ana & co. 👍",
            .status_callback = "https://gw.example.org/webhooks/twilio/main/status?ref=0a-1",
            .validity = seconds{600}};
}

TEST(TwilioSend, TheRequestIsTwiliosForm) {
    const Request request = send_request(account, usual());
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/2010-04-01/Accounts/AC1/Messages.json");
    EXPECT_EQ(request.authorization, "Basic QUMxOnNlY3JldA==");
    EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
    const Form want{{"To", "+13035550199"},
                    {"From", "+13035550100"},
                    {"Body", "Hi Ana & co. 👍"},
                    {"ValidityPeriod", "600"},
                    {"StatusCallback", "https://gw.example.org/webhooks/twilio/main/status?ref=0a-1"}};
    EXPECT_EQ(decode_form(request.body), want);
}

TEST(TwilioSend, AShortCodeSendsAndNoReportsNeedBeWanted) {
    Outgoing text = usual();
    text.from = SenderId::parse("384387").value();
    text.status_callback = "";
    const Form form = decode_form(send_request(account, text).body).value();
    EXPECT_EQ(*find_field(form, "From"), "384387");
    EXPECT_EQ(find_field(form, "StatusCallback"), nullptr);
}

TEST(TwilioSend, TheValidityStaysWithinTwiliosBounds) {
    const std::pair<seconds, const char*> rows[] = {{seconds{-5}, "1"},
                                                    {seconds{0}, "1"},
                                                    {seconds{1}, "1"},
                                                    {seconds{36'000}, "36000"},
                                                    {seconds{86'400}, "36000"}};
    for (const auto& [given, want] : rows) {
        Outgoing text = usual();
        text.validity = given;
        EXPECT_EQ(*find_field(*decode_form(send_request(account, text).body), "ValidityPeriod"), want);
    }
}

TEST(TwilioSend, CredentialsAreBase64) {  // RFC 4648, section 10
    EXPECT_EQ(basic_authorization("", ""), "Basic Og==");
    EXPECT_EQ(basic_authorization("a", "b"), "Basic YTpi");
    EXPECT_EQ(basic_authorization("ab", "c"), "Basic YWI6Yw==");
    EXPECT_EQ(basic_authorization("a", "bcd"), "Basic YTpiY2Q=");
    EXPECT_EQ(basic_authorization("\xff\xff", "\xff"), "Basic //86/w==");
}

// A verdict as text, so that a table stays readable.
std::string told(const Verdict& verdict) {
    struct Teller {
        std::string operator()(const Accepted& v) { return "accepted " + v.provider_id; }
        std::string operator()(const Rejected& v) { return "rejected " + v.code; }
        std::string operator()(const Suppressed& v) { return "suppressed " + v.code; }
        std::string operator()(const Throttled& v) { return "throttled " + std::to_string(v.retry_after.count()); }
        std::string operator()(const Unknown& v) { return "unknown " + std::string{v.cause}; }
    };
    return std::visit(Teller{}, verdict);
}

const std::string sid = "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

TEST(TwilioAnswer, TheSamplesAreRead) {
    EXPECT_EQ(told(read_answer({201, "", payload("send-201-queued")})), "accepted " + sid);
    EXPECT_EQ(told(read_answer({201, "", payload("send-201-scheduled-service")})), "accepted " + sid);
    EXPECT_EQ(told(read_answer({400, "", payload("send-400-21610")})), "suppressed 21610");
}

struct Row {
    std::uint32_t status;
    std::string retry_after, body, want;
};

TEST(TwilioAnswer, EveryKindHasItsVerdict) {
    const std::string taken = R"({"sid":")" + sid + R"(","num_segments":"2"})";
    const Row rows[] = {
        {201, "", taken, "accepted " + sid},
        {200, "", taken, "accepted " + sid},
        {201, "", R"({"sid":"MM0123456789abcdefABCDEF0123456789"})", "accepted MM0123456789abcdefABCDEF0123456789"},
        {201, "", R"({"sid":"SM123"})", "unknown success_without_id"},
        {201, "", R"({"sid":null})", "unknown success_without_id"},
        {201, "", R"({"sid":7})", "unknown success_without_id"},
        {201, "", R"({})", "unknown success_without_id"},
        {201, "", taken.substr(0, taken.size() - 1), "unknown unreadable_body"},
        {201, "", taken + "x", "unknown unreadable_body"},
        {201, "", "[" + taken + "]", "unknown unreadable_body"},
        {201, "", "", "unknown unreadable_body"},
        {201, "", "<html>", "unknown unreadable_body"},
        {400, "", R"({"code":21211,"status":400})", "rejected 21211"},
        {400, "", R"({"code":"21610"})", "suppressed 21610"},
        {400, "", R"({"code":30007})", "rejected 30007"},
        {400, "", R"({"code":63038})", "rejected 63038"},
        {400, "", R"({"code":99999})", "rejected 99999"},
        {401, "", R"({"code":20003})", "throttled 0"},
        {404, "", R"({"code":20404})", "rejected 20404"},
        {400, "3", R"({"code":14107})", "throttled 3"},
        {400, "", R"({"code":"021611"})", "throttled 0"},
        {429, "", R"({"code":20429})", "throttled 0"},
        {429, "7", "<html>slow down", "throttled 7"},
        {429, "7200", "", "throttled 3600"},
        {429, "99999999999999999999", "", "throttled 3600"},
        {429, "Thu, 30 Jul 2015 20:12:31 GMT", "", "throttled 0"},
        {429, "-1", "", "throttled 0"},
        {400, "", R"({"code":-21610})", "unknown refusal_without_code"},
        {400, "", R"({"code":21610.5})", "unknown refusal_without_code"},
        {400, "", R"({"code":null})", "unknown refusal_without_code"},
        {400, "", R"({"code":"stop"})", "unknown refusal_without_code"},
        {403, "", "<html>forbidden", "unknown unreadable_body"},
        {408, "", "", "unknown unreadable_body"},
        {500, "", R"({"code":20500})", "unknown server_error"},
        {503, "9", R"({"code":20503})", "unknown server_error"},
        {500, "", R"({"code":21610})", "unknown server_error"},
        {502, "", taken, "unknown server_error"},
        {302, "", taken, "unknown unexpected_status"},
        {100, "", taken, "unknown unexpected_status"},
        {0, "", taken, "unknown unexpected_status"},
        {999, "", taken, "unknown unexpected_status"},
    };
    for (const Row& row : rows)
        EXPECT_EQ(told(read_answer({row.status, row.retry_after, row.body})), row.want)
            << row.status << " " << row.body;
}

TEST(TwilioAnswer, DeepNestingIsUnreadable) {
    const std::string deep = R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    EXPECT_EQ(told(read_answer({201, "", deep})), "unknown unreadable_body");
}

TEST(TwilioAnswerLaws, GarbageNeverThrowsAndABrokenBodyIsNeverAnAcceptance) {
    std::mt19937_64 random{20261125};
    const std::string originals[] = {payload("send-201-queued"), payload("send-400-21610")};
    for (int i = 0; i < 20'000; ++i) {
        std::string body = originals[random() % 2];
        for (std::uint64_t left = 1 + random() % 3; left > 0; --left)
            body[random() % body.size()] = static_cast<char>(random());
        const Verdict verdict = read_answer({i % 2 == 0 ? 201U : 400U, "", body});
        const auto* accepted = std::get_if<Accepted>(&verdict);
        ASSERT_TRUE(accepted == nullptr || accepted->provider_id.size() == sid.size());
    }
}

TEST(TwilioAnswerLaws, ATruncatedBodyIsUnknown) {
    const std::string body = payload("send-201-queued");
    for (std::size_t size = 0; size + 2 < body.size(); ++size)
        ASSERT_TRUE(std::holds_alternative<Unknown>(read_answer({201, "", body.substr(0, size)}))) << size;
}

TEST(TwilioAnswer, TheCodesOfWhoIsTooFastAreNoRefusal) {
    for (const char* code : {"14107", "20429", "21611", "30022", "63017", "63018"})
        EXPECT_EQ(told(read_answer({400, "5", std::string{R"({"code":)"} + code + "}"})), "throttled 5") << code;
}

}  // namespace
}  // namespace whistlestop::twilio
