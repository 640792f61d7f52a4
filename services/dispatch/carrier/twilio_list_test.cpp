#include "services/dispatch/carrier/twilio_list.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

namespace whistlestop::twilio {
namespace {

std::string sample() {
    std::ifstream file{TESTDATA "/twilio-list-200-page.json", std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

const Account account{"AC1", "Basic x"};

TEST(TwilioList, TheRequestFiltersByWhatIsGiven) {
    const Request request = list_request(account, {.to = Phone::parse("+13035550199").value(),
                                                   .from = SenderId::parse("+13035550100").value(),
                                                   .sent_since_s = 1'558'719'886,
                                                   .page_size = 50});
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target,
              "/2010-04-01/Accounts/AC1/Messages.json?To=%2B13035550199&From=%2B13035550100"
              "&DateSent%3E=2019-05-24T17%3A44%3A46Z&PageSize=50");
    EXPECT_EQ(request.authorization, "Basic x");
    EXPECT_EQ(request.body, "");
    EXPECT_EQ(list_request(account, {}).target, "/2010-04-01/Accounts/AC1/Messages.json?PageSize=1000");
}

TEST(TwilioList, APageIsRead) {
    const auto page = read_list({200, "", sample()});
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->entries.size(), 4);
    const ListEntry& first = page->entries[0];
    EXPECT_EQ(first.sid, "SM00000000000000000000000000000001");
    EXPECT_EQ(first.body, "testing");
    EXPECT_EQ(first.created_s, 1'558'719'886);  // date -d "Fri, 24 May 2019 17:44:46 +0000" +%s
    EXPECT_EQ(first.direction, "outbound-api");
    EXPECT_EQ(page->entries[1].body, "Hello! 👍");
    EXPECT_EQ(page->entries[3].direction, "inbound");
    const Request next = page_request(account, page->next_target);
    EXPECT_TRUE(next.target.ends_with("&Page=1&PageToken=PASM00000000000000000000000000000004"));
    EXPECT_EQ(next.authorization, "Basic x");
}

TEST(TwilioList, TheLastPageNamesNoOther) {
    const auto page = read_list({200, "", R"({"messages":[],"next_page_uri":null})"});
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->entries.empty());
    EXPECT_EQ(page->next_target, "");
}

TEST(TwilioList, WhatIsNoPageHasItsFault) {
    const std::string entry = R"({"sid":"SM00000000000000000000000000000001","direction":"outbound-api",)"
                              R"("date_created":"Fri, 24 May 2019 17:44:46 +0000"})";
    const auto page_of = [](const std::string& one) { return R"({"messages":[)" + one + "]}"; };
    const auto with = [&](const std::string& part, const std::string& other) {
        std::string changed = entry;
        return page_of(changed.replace(changed.find(part), part.size(), other));
    };
    ASSERT_TRUE(read_list({200, "", page_of(entry)}));
    const std::tuple<std::uint32_t, std::string, Fault> rows[] = {
        {429, "", Fault::throttled},
        {500, page_of(entry), Fault::unavailable},
        {503, "", Fault::unavailable},
        {401, "", Fault::refused},
        {302, "", Fault::refused},
        {201, page_of(entry), Fault::refused},
        {200, "", Fault::corrupt},
        {200, "<html>", Fault::corrupt},
        {200, "{}", Fault::corrupt},
        {200, R"({"messages":{}})", Fault::corrupt},
        {200, page_of("7"), Fault::corrupt},
        {200, page_of(entry + ",null"), Fault::corrupt},
        {200, with("SM0", "XX0"), Fault::corrupt},
        {200, with("\"direction\"", "\"way\""), Fault::corrupt},
        {200, with("24 May", "24 Foo"), Fault::corrupt},
        {200, R"({"messages":[],"next_page_uri":"https://evil.example/"})", Fault::corrupt},
        {200, R"({"messages":[],"next_page_uri":"//evil.example/"})", Fault::corrupt},
        {200, R"({"messages":[],"next_page_uri":"/2010-04-01/x\r\nHost: evil"})", Fault::corrupt},
    };
    for (const auto& [status, body, fault] : rows) {
        const auto page = read_list({status, "", body});
        ASSERT_FALSE(page) << status << body;
        EXPECT_EQ(page.error().fault, fault) << status << body;
    }
}

TEST(TwilioListLaws, APageIsReadWholeOrNotAtAllAndNeverThrows) {
    std::mt19937_64 random{20261126};
    const std::string original = sample();
    for (int i = 0; i < 5'000; ++i) {
        std::string body = original;
        for (std::uint64_t left = 1 + random() % 3; left > 0; --left)
            body[random() % body.size()] = static_cast<char>(random());
        const auto page = read_list({200, "", body});
        ASSERT_TRUE(!page || page->entries.size() == 4);
    }
    for (std::size_t size = 0; size + 2 < original.size(); ++size)
        ASSERT_FALSE(read_list({200, "", original.substr(0, size)})) << size;
}

}  // namespace
}  // namespace whistlestop::twilio
