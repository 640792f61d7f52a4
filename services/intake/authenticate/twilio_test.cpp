#include "services/intake/authenticate/twilio.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "common/domain/form.hpp"
#include "services/intake/authenticate/hmac.hpp"

namespace whistlestop::intake {
namespace {

struct Vector {
    std::string id, origin, valid, token, url, body, signature, source;

    [[nodiscard]] SignedRequest request() const { return {url, body, signature}; }
};
void PrintTo(const Vector& vector, std::ostream* out) { *out << vector.id; }

Vector read_vector(std::string_view line) {
    Vector v;
    for (std::string* field : {&v.id, &v.origin, &v.valid, &v.token, &v.url, &v.body, &v.signature, &v.source}) {
        *field = line.substr(0, line.find('\t'));
        line.remove_prefix(std::min(line.size(), field->size() + 1));
    }
    return v;
}

std::vector<Vector> all_vectors() {
    std::ifstream file{TESTDATA "/twilio-signatures.tsv"};
    std::vector<Vector> vectors;
    for (std::string line; std::getline(file, line);)
        if (!line.starts_with('#') && !line.starts_with("id\t")) vectors.push_back(read_vector(line));
    return vectors;
}

bool verifies(const SignedRequest& request, const std::vector<std::string>& tokens) {
    return verify_twilio(request, tokens).has_value();
}

class TwilioVectors : public testing::TestWithParam<Vector> {};

TEST_P(TwilioVectors, VerifyAsPublished) {
    EXPECT_EQ(verifies(GetParam().request(), {GetParam().token}), GetParam().valid == "yes");
}

TEST_P(TwilioVectors, NoOtherTokenVerifies) {
    EXPECT_FALSE(verifies(GetParam().request(), {GetParam().token + "x", "other", ""}));
}

TEST_P(TwilioVectors, AnyChangedByteOfBodyTokenOrSignatureIsRefused) {
    const Vector& vector = GetParam();
    for (std::string Vector::* part : {&Vector::body, &Vector::token, &Vector::signature})
        for (std::size_t i = 0; i < (vector.*part).size(); ++i) {
            Vector changed = vector;
            (changed.*part)[i] ^= 1;
            EXPECT_FALSE(verifies(changed.request(), {changed.token})) << i;
        }
}

TEST_P(TwilioVectors, AnyChangedByteOfThePathOrQueryIsRefused) {
    const Vector& vector = GetParam();
    for (std::size_t i = vector.url.find('/', vector.url.find("://") + 3); i < vector.url.size(); ++i) {
        Vector changed = vector;
        changed.url[i] ^= 1;
        EXPECT_FALSE(verifies(changed.request(), {changed.token})) << changed.url;
    }
}

TEST_P(TwilioVectors, AnyTruncationIsRefused) {
    const Vector& vector = GetParam();
    for (std::size_t size = 0; size < vector.body.size(); ++size) {
        if (vector.body.substr(size) == "&Digits=1234") continue;  // a repeat of a value is not signed
        Vector changed = vector;
        changed.body.resize(size);
        EXPECT_FALSE(verifies(changed.request(), {changed.token})) << size;
    }
}

INSTANTIATE_TEST_SUITE_P(Published, TwilioVectors, testing::ValuesIn(all_vectors()), [](const auto& vector) {
    std::string name = vector.param.id;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(TwilioVectorFile, HoldsTwentySixVectorsOneOfThemWrong) {
    const auto vectors = all_vectors();
    EXPECT_EQ(vectors.size(), 26);
    EXPECT_EQ(std::ranges::count(vectors, "no", &Vector::valid), 1);
}

// A small signed form; each test below changes one thing.
const std::string token = "0123456789abcdef";
const std::string url = "https://gw.example.org/webhooks/twilio/main/status?ref=7";
const std::string signature = hmac_sha1_base64(token, {url, "Bhello ws", "C1C2", "a"});
const std::string body = "a=&C=2&B=hello+w%73&C=1&C=2";
const SignedRequest usual{url, body, signature};

SignedRequest with(auto change) {
    SignedRequest request = usual;
    change(request);
    return request;
}

TEST(Twilio, ASignedFormVerifiesWhateverTheOrderOfFields) {
    EXPECT_TRUE(verifies(usual, {token}));
    EXPECT_TRUE(verifies(with([](auto& r) { r.body = "C=1&C=2&a=&B=hello%20ws"; }), {token}));
}

TEST(Twilio, AnyOfSeveralTokensVerifies) {
    EXPECT_TRUE(verifies(usual, {"new", token}));
    EXPECT_TRUE(verifies(usual, {token, "old"}));
    EXPECT_TRUE(verifies(usual, {"", token}));
}

TEST(Twilio, WithoutTokenOrSignatureNothingVerifies) {
    EXPECT_FALSE(verifies(usual, {}));
    EXPECT_FALSE(verifies(usual, {""}));
    for (const std::string_view wrong :
         {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA="}) {
        const auto result = verify_twilio(with([&](auto& r) { r.signature = wrong; }), std::vector{token});
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().fault, Fault::refused) << wrong;
    }
}

TEST(Twilio, ABodyThatIsNoFormIsInvalid) {
    const SignedRequest requests[] = {
        with([](auto& r) { r.body = "a=%zz"; }),
        with([](auto& r) { r.body = "a"; }),
        with([](auto& r) { r.body = R"({"a":1})"; }),
    };
    for (const SignedRequest& request : requests) {
        const auto result = verify_twilio(request, std::vector{token});
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().fault, Fault::invalid);
    }
}

std::string signed_by_hand(const Form& sorted) {
    std::string text = url;
    for (const auto& [name, value] : sorted) text += name + value;
    return hmac_sha1_base64(token, {text});
}

TEST(Twilio, ATextThatHoldsAnothersFieldsCannotBeCutIntoThem) {
    const std::string real_sid = "SM" + std::string(32, 'a');
    const std::string new_sid = "SM" + std::string(32, 'b');
    const std::string said = "STARTFrom+13035550142MessageSid" + new_sid + "To+13035550100Zz";
    const Form sent{{"Body", said}, {"From", "+13035550166"}, {"MessageSid", real_sid}, {"SmsMessageSid", real_sid}};
    const std::string behind = "From+13035550166MessageSid" + real_sid + "SmsMessageSid" + real_sid;
    const Form recut{
        {"Body", "START"}, {"From", "+13035550142"}, {"MessageSid", new_sid}, {"To", "+13035550100"}, {"Zz", behind}};
    const std::string by_twilio = signed_by_hand(sent);
    ASSERT_EQ(by_twilio, signed_by_hand(recut));
    const std::string sent_body = encode_form(sent);
    const std::string recut_body = encode_form(recut);
    EXPECT_TRUE(verifies({url, sent_body, by_twilio}, {token})) << "whatever somebody writes, it is a text";
    EXPECT_FALSE(verifies({url, recut_body, by_twilio}, {token}));
}

TEST(Twilio, TheEndOfTheUrlIsNoField) {
    const std::string longer = url + "2";  // the report of attempt 72 is not that of attempt 7
    const std::string by_twilio = hmac_sha1_base64(token, {longer, "MessageStatusdelivered"});
    EXPECT_TRUE(verifies({longer, "MessageStatus=delivered", by_twilio}, {token}));
    EXPECT_FALSE(verifies({url, "2=&MessageStatus=delivered", by_twilio}, {token}));
}

TEST(Twilio, TheFragmentIsNotSigned) {
    const std::string configured = url + "#rc=5&rp=ct,rt,4xx,5xx";
    EXPECT_TRUE(verifies(with([&](auto& r) { r.url = configured; }), {token}));
}

}  // namespace
}  // namespace whistlestop::intake
