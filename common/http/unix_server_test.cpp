#include "common/http/unix_server.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/http/test_sockets.hpp"
#include "common/http/unix_client.hpp"
#include "common/http/unix_path.hpp"

namespace whistlestop::http {
namespace {

using Sink = std::shared_ptr<LineSink>;

class UnixServerTest : public testing::Test {
protected:
    ~UnixServerTest() override { ::unlink(path_.c_str()); }

    void serve(LineHandler handler, UnixServerLimits limits = {}) {
        auto server = UnixServer::listen(io_, path_, limits, std::move(handler));
        ASSERT_TRUE(server) << server.error().detail;
        server_ = std::move(*server);
    }

    UnixClient connected() {
        auto client = UnixClient::connect(path_);
        if (!client) throw std::runtime_error{client.error().detail};
        return std::move(*client);
    }

    static std::string next(UnixClient& client) {
        const auto line = client.read();
        if (!line) return "error: " + line.error().detail;
        return line->value_or("end");
    }

    // All jobs that were posted before have run.
    void settle() {
        std::promise<void> done;
        io_.post([&] { done.set_value(); });
        test::wait_for(done.get_future());
    }

    std::string path_ = testing::TempDir() + "whistlestop_unix_" + std::to_string(::getpid());
    IoThread io_;
    std::unique_ptr<UnixServer> server_;
};

void echo(const std::string& line, const Sink& sink) {
    sink->write("<" + line + ">");
    sink->answered();
}

TEST_F(UnixServerTest, AnswersLineByLine) {
    serve(echo);
    UnixClient client = connected();
    for (const std::string line : {"one", "", "three"}) {
        ASSERT_TRUE(client.write(line));
        EXPECT_EQ(next(client), "<" + line + ">");
    }
}

TEST_F(UnixServerTest, IsForItsOwnUserAlone) {
    serve(echo);
    struct stat there{};
    ASSERT_EQ(::stat(path_.c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 0777u, 0600u);
}

TEST_F(UnixServerTest, AnswersEverythingThenLetsGoOfAPeerThatHasFinished) {
    std::vector<Sink> waiting;
    std::promise<void> all;
    serve([&](const std::string&, const Sink& sink) {
        waiting.push_back(sink);
        if (waiting.size() == 3) all.set_value();
    });
    UnixClient client = connected();
    for (const std::string_view line : {"a", "b", "c"}) ASSERT_TRUE(client.write(line));
    client.finish();
    test::wait_for(all.get_future());
    for (const Sink& sink : waiting) {
        sink->write("done");
        sink->answered();
    }
    for (int i = 0; i < 3; ++i) EXPECT_EQ(next(client), "done");
    EXPECT_EQ(next(client), "end");
}

TEST_F(UnixServerTest, KeepsTheOrderOfAThreadsLines) {
    constexpr int lines = 20'000;
    std::jthread writer;
    serve([&](const std::string&, const Sink& sink) {
        writer = std::jthread{[sink] {
            for (int i = 0; i < lines; ++i) sink->write(std::to_string(i));
            sink->answered();
        }};
    });
    UnixClient client = connected();
    ASSERT_TRUE(client.write("go"));
    for (int i = 0; i < lines; ++i) ASSERT_EQ(next(client), std::to_string(i));
}

TEST_F(UnixServerTest, ReadsNoFurtherWhileTooMuchIsUnanswered) {
    std::vector<std::pair<std::string, Sink>> waiting;
    std::promise<void> three;
    serve(
        [&](const std::string& line, const Sink& sink) {
            waiting.emplace_back(line, sink);
            if (waiting.size() == 3) three.set_value();
        },
        {.unanswered_lines_max = 3});
    UnixClient client = connected();
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(client.write(std::to_string(i)));
    test::wait_for(three.get_future());
    settle();
    EXPECT_EQ(waiting.size(), 3u);
    for (std::size_t i = 0; i < 10; ++i) {
        std::promise<void> answered;
        io_.post([&] {
            ASSERT_GT(waiting.size(), i);
            echo(waiting[i].first, waiting[i].second);
            answered.set_value();
        });
        test::wait_for(answered.get_future());
        ASSERT_EQ(next(client), "<" + std::to_string(i) + ">");
        settle();
    }
}

TEST_F(UnixServerTest, ReadsNoFurtherWhileTooMuchIsUnsent) {
    constexpr std::size_t answer_bytes = 1 << 20;
    constexpr int lines = 32;
    std::atomic<int> seen = 0;
    std::promise<void> two;
    serve(
        [&](const std::string&, const Sink& sink) {
            sink->write(std::string(answer_bytes, 'x'));
            sink->answered();
            if (++seen == 2) two.set_value();
        },
        {.unsent_bytes_max = 2 * answer_bytes});
    UnixClient client = connected();
    for (int i = 0; i < lines; ++i) ASSERT_TRUE(client.write("more"));
    test::wait_for(two.get_future());
    settle();
    EXPECT_LT(seen, 6);  // two are unsent, and the socket's own buffer holds less than one
    for (int i = 0; i < lines; ++i) ASSERT_EQ(next(client).size(), answer_bytes);
    EXPECT_EQ(seen, lines);
}

TEST_F(UnixServerTest, TakesALineOfTheLimitAndClosesOnALongerOneSayingWhy) {
    serve(echo, {.line_bytes_max = 1000});
    UnixClient client = connected();
    ASSERT_TRUE(client.write(std::string(1000, 'x')));
    EXPECT_EQ(next(client).size(), 1002u);
    ASSERT_TRUE(client.write(std::string(1001, 'x')));
    EXPECT_EQ(next(client), "error: line: more than 1000 bytes");
    EXPECT_EQ(next(client), "end");
}

TEST_F(UnixServerTest, AnswersWhatStoodBeforeALineThatIsTooLong) {
    std::vector<Sink> waiting;
    std::promise<void> both;
    serve(
        [&](const std::string&, const Sink& sink) {
            waiting.push_back(sink);
            if (waiting.size() == 2) both.set_value();
        },
        {.line_bytes_max = 1000});
    test::Socket client{connect_unix(path_).value()};
    client.send("one\ntwo\n" + std::string(2000, 'x') + "\nthree\n");
    test::wait_for(both.get_future());
    for (const Sink& sink : waiting) echo("done", sink);
    EXPECT_EQ(client.receive_all(), "<done>\n<done>\nerror: line: more than 1000 bytes\n");
    EXPECT_EQ(waiting.size(), 2U);
}

TEST_F(UnixServerTest, ClosesOnALineWithoutEnd) {
    serve([](const std::string&, const Sink&) { ADD_FAILURE(); }, {.line_bytes_max = 1000});
    test::Socket client{connect_unix(path_).value()};
    client.send(std::string(2000, 'x'));
    EXPECT_EQ(client.receive_all(), "error: line: more than 1000 bytes\n");
}

TEST_F(UnixServerTest, DoesNotHandOverALastLineWithoutItsEnd) {
    std::atomic<int> seen = 0;
    serve([&](const std::string& line, const Sink& sink) {
        ++seen;
        echo(line, sink);
    });
    test::Socket client{connect_unix(path_).value()};
    client.send("whole\ncut o");
    ::shutdown(client.fd(), SHUT_WR);
    EXPECT_EQ(client.receive_all(), "<whole>\n");
    EXPECT_EQ(seen, 1);
}

TEST_F(UnixServerTest, TellsAPeerThatHasFinishedFromOneThatIsGone) {
    std::promise<Sink> handed_over;
    serve(
        [&](const std::string& line, const Sink& sink) {
            if (line != "tail") return echo(line, sink);
            handed_over.set_value(sink);
        },
        {.connections_max = 1});
    auto client = std::make_unique<UnixClient>(connected());
    ASSERT_TRUE(client->write("tail"));
    const Sink sink = test::wait_for(handed_over.get_future());
    client->finish();
    settle();
    EXPECT_TRUE(sink->write("still here"));
    EXPECT_EQ(next(*client), "still here");
    client.reset();
    const auto deadline = std::chrono::steady_clock::now() + test::patience;
    std::string answer;
    while (answer != "<x>" && std::chrono::steady_clock::now() < deadline) {
        UnixClient follower = connected();  // turned away as long as the other counts
        if (follower.write("x")) answer = next(follower);
    }
    EXPECT_EQ(answer, "<x>");
    EXPECT_FALSE(sink->write("to nobody"));
}

TEST_F(UnixServerTest, LetsASinkOutliveEverything) {
    Sink sink;
    {
        IoThread io;
        std::promise<Sink> handed_over;
        auto server =
            UnixServer::listen(io, path_, {}, [&](const std::string&, const Sink& s) { handed_over.set_value(s); });
        ASSERT_TRUE(server);
        UnixClient client = connected();
        ASSERT_TRUE(client.write("x"));
        sink = test::wait_for(handed_over.get_future());
        sink->write("never sent, perhaps");
    }
    EXPECT_FALSE(sink->write("x"));
    sink->answered();
}

TEST_F(UnixServerTest, HoldsNoMoreConnectionsThanItsLimit) {
    serve(echo, {.connections_max = 1});
    UnixClient first = connected();
    ASSERT_TRUE(first.write("a"));
    EXPECT_EQ(next(first), "<a>");
    UnixClient second = connected();
    EXPECT_EQ(next(second), "end");
}

TEST_F(UnixServerTest, ReplacesADeadSocketAndRefusesALiveOne) {
    serve(echo);
    const auto second = UnixServer::listen(io_, path_, {}, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, Fault::unavailable);
    server_.reset();
    EXPECT_NE(::access(path_.c_str(), F_OK), 0) << "the socket stayed";

    const sockaddr_un address = unix_address(path_).value();
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(dead);  // as a killed process leaves it
    serve(echo);
    UnixClient client = connected();
    ASSERT_TRUE(client.write("a"));
    EXPECT_EQ(next(client), "<a>");
}

TEST_F(UnixServerTest, TouchesNothingThatIsNoSocket) {
    std::ofstream{path_} << "precious";
    const auto server = UnixServer::listen(io_, path_, {}, echo);
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().fault, Fault::invalid);
    std::string kept;
    std::ifstream{path_} >> kept;
    EXPECT_EQ(kept, "precious");
}

TEST_F(UnixServerTest, SaysWhyItCannotConnect) {
    EXPECT_EQ(UnixClient::connect(path_).error().fault, Fault::not_found);
    EXPECT_EQ(UnixClient::connect(std::string(108, 'x')).error().fault, Fault::invalid);
    EXPECT_EQ(UnixServer::listen(io_, std::string(108, 'x'), {}, echo).error().fault, Fault::invalid);
}

}  // namespace
}  // namespace whistlestop::http
