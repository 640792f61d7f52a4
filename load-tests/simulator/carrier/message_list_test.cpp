#include "load-tests/simulator/carrier/message_list.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace simulator::carrier {
namespace {

namespace json = boost::json;

TEST(Dates, AreWrittenAsTwilioDoes) {
    EXPECT_EQ(rfc2822(1'438'287'151), "Thu, 30 Jul 2015 20:12:31 +0000");
    EXPECT_EQ(report_minute(1'438'287'151), "1507302012");
}

TEST(Dates, AreReadInEveryFormThatClientsWrite) {
    for (const std::string_view same :
         {"2015-07-30T20:12:31Z", "2015-07-30 20:12:31", "2015-07-30T20:12:31.999Z", "2015-07-30T22:12:31+02:00",
          "2015-07-30T22:12:31 02:00", "2015-07-30T15:12:31-05:00", "2015-07-30T20:12:31"}) {
        const auto moment = parse_moment(same);
        ASSERT_TRUE(moment) << same;
        EXPECT_EQ(moment->begin, 1'438'287'151) << same;
        EXPECT_FALSE(moment->whole_day);
    }
    EXPECT_EQ(parse_moment("2015-07-30")->begin, 1'438'214'400);
    EXPECT_TRUE(parse_moment("2015-07-30")->whole_day);
    for (const std::string_view bad : {"", "2015", "2015-13-01", "2015-02-30", "2015-07-30T", "2015-07-30T25:00:00Z",
                                       "2015-07-30T20:12:31X", "yesterday", "2015-07-30T20:12:31Z."}) {
        EXPECT_FALSE(parse_moment(bad)) << bad;
    }
}

TEST(SentRange, ADayMeansItsMidnightOrTheWholeOfIt) {
    constexpr WallSeconds midnight = 1'438'214'400;
    EXPECT_EQ(sent_range({{"DateSent>", "2015-07-30"}})->from, midnight);
    EXPECT_EQ(sent_range({{"DateSent<", "2015-07-30"}})->to, midnight);
    EXPECT_EQ(sent_range({{"DateSent", "2015-07-30"}})->from, midnight);
    EXPECT_EQ(sent_range({{"DateSent", "2015-07-30"}})->to, midnight + 86'399);
    EXPECT_EQ(sent_range({{"DateSent", "2015-07-30T20:12:31Z"}})->to, 1'438'287'151);
    EXPECT_FALSE(sent_range({{"DateSent>", "soon"}}));
}

// Five texts, one in each second from 1,000 on, to two phones from two senders; and one of another account.
class List : public testing::Test {
protected:
    List() {
        for (const auto& config : configs_) accounts_.push_back(std::make_unique<Account>(config));
        senders_ = {Sender{"+100", accounts_[0].get(), 0, {}}, Sender{"+101", accounts_[0].get(), 0, {}},
                    Sender{"+200", accounts_[1].get(), 0, {}}};
        for (unsigned at = 0; at < 5; ++at) add(senders_[at % 2], at < 3 ? "+1" : "+2", at);
        add(senders_[2], "+1", 5);
    }

    void add(Sender& sender, std::string to, unsigned second) {
        Text text{.sender = &sender, .to = std::move(to), .body = std::to_string(second), .status_callback = {}};
        text.taken = (1000 + second) * 1'000'000LL + 999'999;
        texts_.add(std::move(text));
    }

    json::value page(std::string_view query) {
        const std::string answer = list_messages(*accounts_[0], query, texts_, sids_);
        return json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
    }

    std::string bodies(std::string_view query) {
        std::string all;
        const json::value shown = page(query);
        for (const json::value& message : shown.at("messages").as_array()) {
            all += std::string_view{message.at("body").as_string()};
        }
        return all;
    }

    std::vector<AccountConfig> configs_{{"main", "AC1", "t", "http://a", "", 0, {}},
                                        {"other", "AC2", "t", "http://a", "", 0, {}}};
    std::vector<std::unique_ptr<Account>> accounts_;
    std::vector<Sender> senders_;
    Texts texts_{100};
    Sids sids_{7};
};

TEST_F(List, ShowsTheAccountsOwnTextsNewestFirst) { EXPECT_EQ(bodies(""), "43210"); }

TEST_F(List, FiltersByBothNumbersAndBySecond) {
    EXPECT_EQ(bodies("To=%2B1"), "210");
    EXPECT_EQ(bodies("From=%2B101"), "31");
    EXPECT_EQ(bodies("To=%2B1&From=%2B100"), "20");
    EXPECT_EQ(bodies("DateSent%3E=1970-01-01T00:16:42Z"), "432");  // the second 1,002 itself too
    EXPECT_EQ(bodies("DateSent<=1970-01-01T00:16:41Z"), "10");
    EXPECT_EQ(bodies("To=%2B9"), "");
}

TEST_F(List, EveryTextIsOnOnePageExactly) {
    EXPECT_EQ(bodies("PageSize=2"), "43");
    EXPECT_EQ(bodies("PageSize=2&Page=1"), "21");
    EXPECT_EQ(bodies("PageSize=2&Page=2"), "0");
    EXPECT_TRUE(page("PageSize=2&Page=2").at("next_page_uri").is_null());
    EXPECT_EQ(page("PageSize=2").at("next_page_uri").as_string(),
              "/2010-04-01/Accounts/AC1/Messages.json?PageSize=2&Page=1");
}

TEST_F(List, ForgetsTheOldestWhereThereAreTooMany) {
    Texts few{2};
    for (unsigned at = 0; at < 4; ++at) {
        few.add({.sender = senders_.data(), .to = "+1", .body = std::to_string(at), .status_callback = {}});
    }
    EXPECT_EQ(few.find(2), nullptr);
    EXPECT_EQ(few.find(3)->body, "2");
    EXPECT_EQ(few.newest_to("+1"), 4U);
    EXPECT_NE(list_messages(*accounts_[0], "To=%2B1", few, sids_).find(R"("body":"2")"), std::string::npos);
}

TEST(SidsOfARun, LeadBackToTheirTextAndNoOtherDoes) {
    Sids sids{7};
    EXPECT_EQ(sids.text_of(sids.of_text(12)), 12U);
    EXPECT_EQ(sids.of_text(12).size(), 34U);
    EXPECT_EQ(sids.text_of(sids.next_other()), 0U);
    EXPECT_EQ(sids.text_of(Sids{8}.of_text(12)), 0U);
    EXPECT_EQ(sids.text_of("SM1"), 0U);
}

}  // namespace
}  // namespace simulator::carrier
