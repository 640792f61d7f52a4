#include "services/whistlestop/topics/service.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include "common/http/unix_client.hpp"
#include "common/log/embedded/embedded_log.hpp"
#include "common/testing/log_kinds.hpp"
#include "common/testing/manual_clock.hpp"
#include "services/whistlestop/topics/reader.hpp"
#include "services/whistlestop/topics/writer.hpp"

namespace whistlestop::topics {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string event(std::string_view id, std::string_view contact = "+13035550199") {
    return fmt::format(R"({{"specversion":"1.0","id":"{}","source":"/me","type":"t","data":{{"contact":"{}"}}}})", id,
                       contact);
}

class TopicsService : public testing::Test {
protected:
    TopicsService() { std::filesystem::create_directory(folder_); }
    ~TopicsService() override {
        service_.reset();
        log_.reset();
        std::filesystem::remove_all(folder_);
    }

    http::UnixClient connect() { return std::move(*http::UnixClient::connect(socket_)); }

    // What the lines are answered with, all of them sent before the first answer is read.
    std::vector<std::string> answers(const std::vector<std::string>& lines) {
        http::UnixClient client = connect();
        std::jthread writing{[&] {
            for (const std::string& line : lines) EXPECT_TRUE(client.write(line).has_value());
            client.finish();
        }};
        std::vector<std::string> answers;
        for (auto line = client.read(); line && *line; line = client.read()) answers.push_back(**line);
        return answers;
    }
    std::string answer(const std::string& line) {
        const auto all = answers({line});
        return all.size() == 1 ? all[0] : fmt::format("{} lines", all.size());
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() /
        fmt::format("topics-{}-{}", ::getpid(), testing::UnitTest::GetInstance()->current_test_info()->name());
    std::string socket_ = folder_ / "s";
    SystemClock clock_;
    std::unique_ptr<EmbeddedLog> log_ = std::move(*EmbeddedLog::open({.folder = folder_ / "log"}));
    std::unique_ptr<Service> service_ = std::move(*Service::listen(*log_, clock_, socket_));
};

TEST_F(TopicsService, AnEventIsAnsweredWithItsPlaceAndCanBeConsumed) {
    const TopicPartition at = place(Topic::outbound_requests, "+13035550199");
    EXPECT_EQ(answer("produce outbound.requests " + event("a")), fmt::format("{}:0", at.partition));
    EXPECT_EQ(answer("produce outbound.requests " + event("b")), fmt::format("{}:1", at.partition));
    const auto lines = answers({"consume outbound.requests until=now"});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], HasSubstr(R"("id":"a")"));
    EXPECT_THAT(lines[1], HasSubstr(fmt::format(R"("position":"{}:1")", at.partition)));
}

TEST_F(TopicsService, AnswersStandInTheOrderOfTheLinesAndNameTheRightRecord) {
    std::vector<std::string> lines;
    lines.reserve(5000);
    for (int i = 0; i < 5000; ++i)
        lines.push_back(i % 10 == 9 ? "produce outbound.requests {}"
                                    : "produce outbound.requests " +
                                          event(std::to_string(i), fmt::format("+1303555{:04}", i % 100)));
    const auto answered = answers(lines);
    ASSERT_EQ(answered.size(), lines.size());
    for (int i = 0; i < 5000; ++i) {
        const std::string& got = answered[static_cast<std::size_t>(i)];
        if (i % 10 == 9) {
            ASSERT_THAT(got, StartsWith("error: specversion"));
            continue;
        }
        const auto colon = got.find(':');
        Batch batch;
        log_->read({Topic::outbound_requests, static_cast<std::uint16_t>(std::stoi(got.substr(0, colon)))},
                   std::stoull(got.substr(colon + 1)), 1, batch);
        ASSERT_EQ(batch.records.size(), 1U);
        ASSERT_EQ(batch.records[0].header("ce_id"), std::to_string(i));
    }
}

TEST_F(TopicsService, NamesWhatItRefuses) {
    const std::pair<std::string, std::string> rows[] = {
        {"produce inbound " + event("a"), "error: topic: inbound is internal"},
        {"produce inbound {}", "error: topic: inbound is internal"},
        {"produce outbound.replies " + event("a"), "error: topic: outbound.replies is internal"},
        {"produce outbound.events " + event("a"), "error: topic: outbound.events can only be read"},
        {"produce nothing " + event("a"), "error: topic: no such topic"},
        {"produce outbound.requests {", "error: line: not a JSON object"},
        {"produce outbound.requests", "error: line: not a JSON object"},
        {"produce outbound.requests " + event(std::string(300, 'x')), "error: id: want 1 to 200 bytes"},
        {"produce outbound.requests " + event("a", std::string(70'000, 'x')),
         "error: data: 70014 bytes, at most 65536"},
        {R"(produce outbound.requests {"specversion":"1.0","id":"a","data":{}})", "error: partitionkey: "},
        {"consume nothing", "error: topic: no such topic"},
        {"consume inbound from=x", "error: want from="},
        {"consume inbound from=5", "error: partition: "},
        {"consume inbound partition=12", "error: want from="},
        {"consume inbound count=0", "error: want from="},
        {"consume inbound until=then", "error: want from="},
        {"consume inbound what", "error: want from="},
        {"hello", "error: want produce or consume"},
        {"", "error: want produce or consume"},
    };
    for (const auto& [line, want] : rows) EXPECT_THAT(answer(line), StartsWith(want)) << line.substr(0, 80);
}

TEST_F(TopicsService, ATopicOfOnePartitionNeedsNoKey) {
    EXPECT_EQ(answer(R"(produce directory.commands {"specversion":"1.0","id":"a","data":{}})"), "0:0");
}

TEST_F(TopicsService, SeveralFollowersSeeEverythingThatIsWrittenWhileTheyFollow) {
    http::UnixClient first = connect();
    http::UnixClient second = connect();
    ASSERT_TRUE(first.write("consume outbound.requests count=300").has_value());
    ASSERT_TRUE(second.write("consume outbound.requests count=200").has_value());
    std::vector<std::string> lines;
    lines.reserve(300);
    for (int i = 0; i < 300; ++i)
        lines.push_back("produce outbound.requests " + event(std::to_string(i), fmt::format("+1303555{:04}", i)));
    EXPECT_EQ(answers(lines).size(), 300U);
    std::set<std::string> seen;
    for (int i = 0; i < 300; ++i) seen.insert(**first.read());
    EXPECT_EQ(seen.size(), 300U);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(second.read()->has_value());
}

TEST_F(TopicsService, ATailSeesOnlyWhatComesAfterIt) {
    EXPECT_THAT(answer("produce outbound.requests " + event("old")), HasSubstr(":0"));
    http::UnixClient tail = connect();
    // The two lines of one connection are dealt with in their order: the tail stands before the event.
    ASSERT_TRUE(tail.write("consume outbound.requests from=end count=1").has_value());
    ASSERT_TRUE(tail.write("produce outbound.requests " + event("new")).has_value());
    std::vector<std::string> lines{**tail.read(), **tail.read()};
    EXPECT_THAT(lines, testing::Contains(HasSubstr(R"("id":"new")")));
    EXPECT_THAT(lines, testing::Not(testing::Contains(HasSubstr(R"("id":"old")"))));
}

TEST_F(TopicsService, AReaderThatTakesNothingHoldsUpNobody) {
    http::UnixClient lazy = connect();
    ASSERT_TRUE(lazy.write("consume outbound.requests count=4000").has_value());
    std::vector<std::string> lines;
    const std::string pad(2000, 'x');
    lines.reserve(4000);
    for (int i = 0; i < 4000; ++i)
        lines.push_back("produce outbound.requests " +
                        event(std::to_string(i) + "\",\"pad\":\"" + pad.substr(0, 1000)));
    EXPECT_EQ(answers(lines).size(), 4000U);
    EXPECT_EQ(answers({"consume outbound.requests until=now"}).size(), 4000U);
    for (int i = 0; i < 4000; ++i) ASSERT_THAT(**lazy.read(), HasSubstr(fmt::format(R"("id":"{}")", i)));
}

TEST_F(TopicsService, AnOffsetBeginsThere) {
    const std::string at = answer("produce outbound.requests " + event("a"));
    answer("produce outbound.requests " + event("b"));
    const std::string partition = at.substr(0, at.find(':'));
    const auto lines = answers({"consume outbound.requests until=now from=1 partition=" + partition});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], HasSubstr(R"("id":"b")"));
}

TEST_F(TopicsService, WhatWasTakenInIsDurableWhenItHasStopped) {
    http::UnixClient client = connect();
    ASSERT_TRUE(client.write("produce outbound.requests " + event("a")).has_value());
    ASSERT_TRUE(client.read()->has_value());
    service_->stop();
    ASSERT_TRUE(client.write("produce outbound.requests " + event("b")).has_value());
    EXPECT_EQ(**client.read(), "error: about to stop");
    const std::uint64_t end = log_->end(place(Topic::outbound_requests, "+13035550199"));
    EXPECT_EQ(end, 1U);
}

// Keeps what it is told.
struct Lines final : http::LineSink {
    bool write(std::string_view line) override {
        lines.emplace_back(line);
        return true;
    }
    void answered() override { ++answers; }
    [[nodiscard]] std::size_t unsent_bytes() const override { return 0; }
    std::vector<std::string> lines;
    int answers = 0;
};

// The reader and the writer over a log as a file is, and over one as a broker is.
struct TopicsOver : testing::TestWithParam<MemoryLog::Options> {
    MemoryLog log{GetParam()};
    ManualClock clock;
    Reader reader{log};
    Writer writer{log, clock, [](auto job) { job(); }};

    static constexpr std::string_view topic = "directory.commands";
    std::vector<std::string> write(std::initializer_list<std::string_view> ids) {
        const auto sink = std::make_shared<Lines>();
        for (const std::string_view id : ids) writer.write(topic, event(id), sink);
        return sink->lines;
    }
    void foreign() {
        Commit commit;
        commit.add({{Topic::directory_commands, 0}, 0, {}, {}, {}, "foreign"});
        log.submit(std::move(commit), [](const Receipt&) {});
    }
    std::shared_ptr<Lines> read(std::string_view request) {
        const auto sink = std::make_shared<Lines>();
        reader.add(*parse_read_request(fmt::format("{} {}", topic, request)), sink);
        return sink;
    }
    void pump() {
        while (reader.pump()) continue;
    }
    void publish() {
        do pump();
        while (log.sync() > 0);
    }
};

TEST_P(TopicsOver, AWriterNamesTheRightRecordsThoughOthersWriteTheSame) {
    const auto sink = std::make_shared<Lines>();
    for (int i = 0; i < 3; ++i) {
        foreign();
        for (int j = 0; j < 2; ++j) writer.write(topic, event("a"), sink);
        foreign();
        log.sync();
    }
    publish();
    ASSERT_EQ(sink->lines.size(), 6U);
    EXPECT_EQ(std::set(sink->lines.begin(), sink->lines.end()).size(), 6U);
    for (const std::string& line : sink->lines) {
        ASSERT_THAT(line, StartsWith("0:"));
        Batch batch;
        log.follow({Topic::directory_commands, 0}, 0);
        log.read({Topic::directory_commands, 0}, std::stoull(line.substr(2)), 1, batch);
        ASSERT_EQ(batch.records.size(), 1U);
        EXPECT_EQ(fmt::format("0:{}", batch.records[0].offset), line);
        EXPECT_EQ(batch.records[0].header("ce_id"), "a");
    }
}

TEST_P(TopicsOver, UntilNowEndsBehindAllThatWasDurableAndWithNothingMore) {
    write({"a"});
    write({"b"});
    log.sync();
    const auto sink = read("until=now");
    write({"c"});
    while (log.sync() > 0) continue;
    pump();
    EXPECT_EQ(sink->answers, 1);
    ASSERT_EQ(sink->lines.size(), 2U);
    EXPECT_THAT(sink->lines[0], HasSubstr(R"("id":"a")"));
    EXPECT_THAT(sink->lines[1], HasSubstr(R"("id":"b")"));
}

TEST_P(TopicsOver, FromTheEndSeesNothingThatWasDurable) {
    write({"old"});
    log.sync();
    const auto sink = read("from=end count=1");
    publish();
    EXPECT_TRUE(sink->lines.empty());
    write({"new"});
    publish();
    EXPECT_EQ(sink->answers, 1);
    ASSERT_EQ(sink->lines.size(), 1U);
    EXPECT_THAT(sink->lines[0], HasSubstr(R"("id":"new")"));
}

TEST_P(TopicsOver, UntilNowEndsBehindAGapThoughNobodyWritesMore) {
    write({"a"});
    log.sync();
    const auto sink = read("until=now");
    publish();
    EXPECT_EQ(sink->answers, 1);
    EXPECT_EQ(sink->lines.size(), 1U);
}

TEST_P(TopicsOver, AFollowerReadsPastEveryGap) {
    for (int i = 0; i < 300; ++i) {
        write({std::to_string(i)});
        publish();
    }
    const auto sink = read("from=begin");
    pump();
    EXPECT_EQ(sink->lines.size(), 300U);
}

INSTANTIATE_TEST_SUITE_P(Logs, TopicsOver, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::topics
