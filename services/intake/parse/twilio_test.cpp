#include "services/intake/parse/twilio.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "common/domain/twilio_sid.hpp"
#include "common/domain/utf8.hpp"

namespace whistlestop::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string sid = "SMe287d7109a5a925f182f0e07fe5b223b";  // of most samples

std::string read(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>{file}, {}};
}

Form payload(const std::string& name) { return decode_form(read(TESTDATA "/twilio-" + name + ".form")).value(); }

// A copy of `form` with one field replaced, added (if it had none) or removed (no value).
Form with(Form form, std::string_view name, std::optional<std::string> value) {
    std::erase_if(form, [&](const auto& field) { return field.first == name; });
    if (value) form.emplace_back(name, *value);
    return form;
}

TEST(TwilioInbound, ATextIsRead) {
    const auto text = parse_twilio_inbound(payload("inbound-sms"));
    ASSERT_TRUE(text);
    EXPECT_EQ(text->provider_id, sid);
    EXPECT_EQ(text->from.text(), "+14133881111");
    EXPECT_EQ(text->to.text(), "+12028831111");
    EXPECT_EQ(text->body, "Msg");
    EXPECT_THAT(text->media, IsEmpty());
    EXPECT_EQ(text->carrier_keyword, "");
}

TEST(TwilioInbound, MediaLinksAreKept) {
    EXPECT_THAT(parse_twilio_inbound(payload("inbound-mms"))->media, ElementsAre("cat.jpg", "dog.jpg"));
}

TEST(TwilioInbound, AShortCodeReceives) {
    const auto text = parse_twilio_inbound(payload("inbound-shortcode"));
    ASSERT_TRUE(text);
    EXPECT_EQ(text->to.text(), "384387");
    EXPECT_EQ(text->body, "John Cruz");
}

TEST(TwilioInbound, AKeywordThatTwilioHandledIsSaid) {
    EXPECT_EQ(parse_twilio_inbound(payload("inbound-stop-advanced"))->carrier_keyword, "STOP");
    const Form usual = payload("inbound-sms");
    EXPECT_EQ(parse_twilio_inbound(with(usual, "OptOutType", "HELP"))->carrier_keyword, "HELP");
    EXPECT_EQ(parse_twilio_inbound(with(usual, "OptOutType", "START"))->carrier_keyword, "START");
    EXPECT_EQ(parse_twilio_inbound(with(usual, "OptOutType", "NEWS"))->carrier_keyword, "");
}

TEST(TwilioInbound, TheBodyIsKeptAsItCame) {
    const std::string body = "  Yes \xF0\x9F\x91\x8D\r\n2 + 2  ";
    EXPECT_EQ(parse_twilio_inbound(with(payload("inbound-sms"), "Body", body))->body, body);
    EXPECT_THAT(parse_twilio_inbound(payload("inbound-base64-concat"))->body, HasSubstr("QmFubm9u"));  // not guessed at
}

struct Bad {
    std::string field;
    std::optional<std::string> value;
    std::string detail;
};

template <class T>
void expect_refused(const Result<T>& result, const Bad& bad) {
    ASSERT_FALSE(result) << bad.field << " " << bad.value.value_or("missing");
    EXPECT_EQ(result.error().fault, Fault::invalid);
    EXPECT_THAT(result.error().detail, HasSubstr(bad.field));
    EXPECT_THAT(result.error().detail, HasSubstr(bad.detail));
}

TEST(TwilioInbound, WhatIsWrongIsRefusedAndNamed) {
    const Bad rows[] = {
        {"MessageSid", std::nullopt, "missing"},
        {"MessageSid", "", "want SM or MM"},
        {"MessageSid", std::string(65, 'a'), "longer than 64 bytes"},
        {"MessageSid", "SM1", "want SM or MM"},
        {"MessageSid", sid + "NumMedia0", "want SM or MM"},
        {"From", std::nullopt, "missing"},
        {"From", "+1303555019", "E.164"},
        {"From", "22395", "E.164"},
        {"To", "WHISTLE", "short code"},
        {"Body", std::nullopt, "missing"},
        {"Body", "caf\xe9", "not UTF-8"},
        {"Body", std::string(body_bytes_max + 1, 'a'), "longer than 16384 bytes"},
    };
    for (const Bad& bad : rows)
        expect_refused(parse_twilio_inbound(with(payload("inbound-sms"), bad.field, bad.value)), bad);
}

TEST(TwilioInbound, NobodyLosesAStopOverWhatGoesWithIt) {
    const Bad rows[] = {
        {"AccountSid", std::nullopt, ""},
        {"NumMedia", "11", ""},
        {"NumMedia", "1", ""},  // and no MediaUrl0
        {"NumMedia", "", ""},
        {"NumSegments", "256", ""},
        {"NumSegments", "1.0", ""},
        {"NumSegments", "", ""},
        {"MediaUrl0", std::string(media_url_bytes_max + 1, 'a'), ""},
        {"MediaUrl0", "\xff", ""},
        {"OptOutType", std::string(65, 'a'), ""},
        {"OptOutType", "\xff", ""},
    };
    const Form stop = with(payload("inbound-sms"), "Body", "STOP");
    for (const Bad& odd : rows) {
        const auto text = parse_twilio_inbound(with(stop, odd.field, odd.value));
        ASSERT_TRUE(text) << odd.field;
        EXPECT_EQ(text->body, "STOP");
        EXPECT_THAT(text->media, IsEmpty());
        EXPECT_EQ(text->carrier_keyword, "");
    }
}

TEST(TwilioInbound, ALinkThatCannotBeReadLeavesTheOthers) {
    const std::string long_link(media_url_bytes_max + 1, 'a');
    const auto text = parse_twilio_inbound(with(payload("inbound-mms"), "MediaUrl0", long_link));
    EXPECT_THAT(text->media, ElementsAre("dog.jpg"));
}

TEST(TwilioInbound, WhatIsExactlyAtTheLimitIsRead) {
    Form form = payload("inbound-sms");
    for (int i = 0; i < 11; ++i)
        form.emplace_back("MediaUrl" + std::to_string(i), std::string(media_url_bytes_max, 'a'));
    const auto text = parse_twilio_inbound(with(form, "Body", std::string(body_bytes_max, 'a')));
    ASSERT_TRUE(text);
    EXPECT_EQ(text->media.size(), media_max);
}

TEST(TwilioInbound, AFieldThatWeActOnMayNotBeGivenTwice) {
    for (const char* name : {"MessageSid", "From", "To", "Body"}) {
        Form form = payload("inbound-sms");
        form.emplace_back(name, *find_field(form, name));
        expect_refused(parse_twilio_inbound(form), {name, {}, "more than once"});
    }
    Form form = payload("inbound-sms");
    form.emplace_back("ToCity", "");
    EXPECT_TRUE(parse_twilio_inbound(form));
}

TEST(TwilioInbound, AnErrorHoldsNoValue) {
    Form form = with(payload("inbound-sms"), "From", "+1413388111");
    EXPECT_EQ(parse_twilio_inbound(form).error().detail.find("413"), std::string::npos);
}

TEST(TwilioStatus, TheSamplesAreRead) {
    const auto delivered = parse_twilio_status(payload("status-delivered"), {{"ref", "0123abcd-1"}});
    ASSERT_TRUE(delivered);
    EXPECT_EQ(delivered->provider_id, sid);
    EXPECT_EQ(delivered->delivery, DeliveryState::delivered);
    EXPECT_EQ(delivered->code, "");
    EXPECT_EQ(delivered->reference, "0123abcd-1");
    EXPECT_FALSE(delivered->to);

    const auto undelivered = parse_twilio_status(payload("status-undelivered-30007"), {});
    ASSERT_TRUE(undelivered);
    EXPECT_EQ(undelivered->delivery, DeliveryState::undelivered);
    EXPECT_EQ(undelivered->code, "30007");
    EXPECT_EQ(undelivered->to->text(), "+13035550199");
    EXPECT_EQ(undelivered->reference, "");

    const auto stopped = parse_twilio_status(payload("status-failed-21610"), {});
    ASSERT_TRUE(stopped);
    EXPECT_EQ(stopped->delivery, DeliveryState::failed);
    EXPECT_EQ(stopped->code, "21610");

    const auto sent = parse_twilio_status(payload("status-sent-service"), {});
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->delivery, DeliveryState::none);
    EXPECT_FALSE(sent->to);  // 2021 is no phone

    EXPECT_EQ(parse_twilio_status(payload("status-failed-63018"), {})->code, "63018");
}

TEST(TwilioStatus, EveryWordHasItsDeliveryState) {
    const std::pair<const char*, DeliveryState> rows[] = {{"accepted", DeliveryState::none},
                                                          {"scheduled", DeliveryState::none},
                                                          {"queued", DeliveryState::none},
                                                          {"sending", DeliveryState::none},
                                                          {"sent", DeliveryState::none},
                                                          {"delivered", DeliveryState::delivered},
                                                          {"undelivered", DeliveryState::undelivered},
                                                          {"failed", DeliveryState::failed},
                                                          {"canceled", DeliveryState::failed},
                                                          {"read", DeliveryState::read},
                                                          {"partially_delivered", DeliveryState::none},
                                                          {"brand_new", DeliveryState::none},
                                                          {"Delivered", DeliveryState::none}};
    for (const auto& [status, want] : rows)
        EXPECT_EQ(parse_twilio_status({{"MessageSid", sid}, {"MessageStatus", status}}, {})->delivery, want) << status;
}

TEST(TwilioStatus, AnExpiredValidityIsExpiredUnlessItArrived) {
    const auto delivery = [](const char* status) {
        const Form form{{"MessageSid", sid}, {"MessageStatus", status}, {"ErrorCode", "30036"}};
        return parse_twilio_status(form, {})->delivery;
    };
    EXPECT_EQ(delivery("failed"), DeliveryState::expired);
    EXPECT_EQ(delivery("undelivered"), DeliveryState::expired);
    EXPECT_EQ(delivery("delivered"), DeliveryState::delivered);
    EXPECT_EQ(delivery("sent"), DeliveryState::none);
}

TEST(TwilioStatus, WhatIsWrongIsRefusedAndNamed) {
    const Bad rows[] = {
        {"MessageSid", std::nullopt, "missing"},
        {"MessageSid", "SM1", "want SM or MM"},
        {"MessageSid", sid + "MessageStatusdelivered", "want SM or MM"},
        {"MessageStatus", std::nullopt, "missing"},
        {"MessageStatus", "", "want 1 to 64"},
        {"MessageStatus", "a b", "want 1 to 64"},
        {"ErrorCode", std::string(17, '1'), "longer than 16"},
        {"ErrorCode", "\xff", "not UTF-8"},
    };
    for (const Bad& bad : rows)
        expect_refused(parse_twilio_status(with(payload("status-delivered"), bad.field, bad.value), {}), bad);
    const Form usual = payload("status-delivered");
    expect_refused(parse_twilio_status(usual, {{"ref", std::string(129, 'a')}}), {"ref", {}, "longer than 128 bytes"});
    expect_refused(parse_twilio_status(usual, {{"ref", "a"}, {"ref", "b"}}), {"ref", {}, "more than once"});
}

// Payloads with a few bytes changed, removed, doubled or swapped: whatever comes is refused or keeps the promises of
// the types.
class Mutator {
public:
    std::string operator()(std::string bytes) {
        for (std::uint64_t left = 1 + random_() % 4; left > 0 && !bytes.empty(); --left) {
            const std::size_t at = random_() % bytes.size();
            const std::size_t size = 1 + random_() % 20;
            switch (random_() % 4) {
                case 0: bytes[at] = marks[random_() % marks.size()]; break;
                case 1: bytes.erase(at, size); break;
                case 2: bytes.insert(at, bytes.substr(random_() % bytes.size(), size)); break;
                default: bytes[at] = static_cast<char>(random_()); break;
            }
        }
        return bytes;
    }

private:
    static constexpr std::string_view marks = "&=%+0\xff\n;";
    std::mt19937_64 random_{20261124};
};

void expect_sound(const InboundText& text) {
    EXPECT_TRUE(is_utf8(text.body));
    EXPECT_LE(text.body.size(), body_bytes_max);
    EXPECT_LE(text.media.size(), media_max);
    EXPECT_TRUE(twilio::is_message_sid(text.provider_id));
    EXPECT_TRUE(Phone::parse(text.from.text()));
}

// How many values could be read from a form.
int try_both(const Form& form) {
    const auto text = parse_twilio_inbound(form);
    const auto report = parse_twilio_status(form, form);
    if (text) expect_sound(*text);
    EXPECT_TRUE(!report || is_utf8(report->code));
    return (text ? 1 : 0) + (report ? 1 : 0);
}

TEST(TwilioLaws, WhateverBytesComeAreReadSoundlyOrRefused) {
    Mutator mutate;
    int read_in = 0;
    for (const auto& entry : std::filesystem::directory_iterator{TESTDATA}) {
        if (entry.path().extension() != ".form") continue;
        const std::string original = read(entry.path());
        for (int i = 0; i < 5'000; ++i)
            if (const auto form = decode_form(mutate(original))) read_in += try_both(*form);
    }
    EXPECT_GT(read_in, 5'000);  // else the mutator breaks everything and proves nothing
}

}  // namespace
}  // namespace whistlestop::intake
