// simulator-bench: what the simulator costs per text. It forks a simulator and plays the gateway, as cheaply as it can:
// sends at a rate, acknowledges every webhook at once, waits for the last report, and reads the simulator's CPU time.

#include <CLI/CLI.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <fmt/core.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "load-tests/simulator/simulator.hpp"

namespace {

using namespace simulator;
namespace asio = boost::asio;

struct Options {
    unsigned texts = 120'000;
    unsigned per_second = 6000;
    unsigned senders = 200;
    std::string record;
    bool reports = true;
};

constexpr std::string_view account_sid = "AC00000000000000000000000000000001";
constexpr std::string_view token = "token";

std::string sender_number(unsigned number) { return fmt::format("+1444{:07}", number); }

Config config_of(const Options& options, std::uint16_t webhook_port) {
    Config config;
    config.record = options.record;
    config.reports.on = options.reports;
    AccountConfig account{.name = "main",
                          .sid = std::string{account_sid},
                          .auth_token = std::string{token},
                          .webhook_base = fmt::format("http://127.0.0.1:{}/webhooks/twilio/main", webhook_port),
                          .public_base = {},
                          .senders = {}};
    for (unsigned number = 0; number < options.senders; ++number) {
        account.senders.push_back({.number = sender_number(number), .keywords = {}});
    }
    config.accounts.push_back(std::move(account));
    return config;
}

// Never returns: the child is the simulator, and ends with its parent.
[[noreturn]] void be_simulator(const Config& config, int port_pipe) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    Simulator simulator{config};
    const std::uint16_t port = simulator.port();
    if (::write(port_pipe, &port, sizeof port) == sizeof port) simulator.run();
    std::exit(EXIT_SUCCESS);
}

boost::json::object stats_of(std::uint16_t port) {
    asio::io_context io;
    asio::ip::tcp::socket socket{io};
    socket.connect({asio::ip::address_v4::loopback(), port});
    asio::write(socket, asio::buffer(std::string_view{"GET /_sim/stats HTTP/1.1\r\nConnection: close\r\n\r\n"}));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return boost::json::parse(answer.substr(answer.find("\r\n\r\n") + 4)).as_object();
}

class Gateway {
public:
    Gateway(asio::io_context& io, http::Server& webhooks, std::uint16_t simulator_port, const Options& options)
        : io_{io}, timers_{io}, poster_{io, {600, std::chrono::milliseconds{15'000}}}, port_{simulator_port} {
        options_ = options;
        callback_ =
            fmt::format("http://127.0.0.1:{}/webhooks/twilio/main/status?ref=0123456789abcdef", webhooks.port());
        authorization_ = "Basic " + carrier::base64(fmt::format("{}:{}", account_sid, token));
    }

    void run() {
        begun_ = Steady::now();
        send_what_is_due();
        io_.run();
    }

    [[nodiscard]] double seconds() const { return seconds_; }
    [[nodiscard]] unsigned failed() const { return failed_; }

private:
    void send_what_is_due() {
        const double elapsed = std::chrono::duration<double>(Steady::now() - begun_).count();
        while (sent_ < options_.texts && sent_ < elapsed * options_.per_second) send(sent_++);
        if (sent_ < options_.texts) timers_.after(std::chrono::milliseconds{1}, [this] { send_what_is_due(); });
    }

    void send(unsigned number) {
        const std::string body = carrier::encode_form(
            {{"To", fmt::format("+1555{:07}", number)},
             {"From", sender_number(number % options_.senders)},
             {"Body", fmt::format("Hi Ada {}, this is Sam with Neighbors for Parks. Can you come on Tuesday at six? "
                                  "Reply STOP to opt out.",
                                  number)},
             {"StatusCallback", fmt::format("{}{:016x}.1", callback_, number)},
             {"ValidityPeriod", "3600"}});
        std::string request = fmt::format(
            "POST /2010-04-01/Accounts/{}/Messages.json HTTP/1.1\r\nHost: a\r\nAuthorization: {}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
            account_sid, authorization_, body.size(), body);
        auto done = [this](const http::Posted& posted) { answered(posted); };
        poster_.post({"127.0.0.1", port_, std::move(request), std::move(done)}, http::Urgency::later);
    }

    void answered(const http::Posted& posted) {
        failed_ += posted.status == 201 ? 0 : 1;
        if (++answered_ < options_.texts) return;
        seconds_ = std::chrono::duration<double>(Steady::now() - begun_).count();
        stop_when_idle();
    }

    void stop_when_idle() {
        if (stats_of(port_).at("idle").as_bool()) return io_.stop();
        timers_.after(std::chrono::milliseconds{50}, [this] { stop_when_idle(); });
    }

    asio::io_context& io_;
    Timers timers_;
    http::Poster poster_;
    std::uint16_t port_;
    Options options_;
    std::string callback_;
    std::string authorization_;
    Steady::time_point begun_;
    unsigned sent_ = 0;
    unsigned answered_ = 0;
    unsigned failed_ = 0;
    double seconds_ = 0;
};

int bench(const Options& options) {
    asio::io_context io{1};
    http::Server webhooks{io, "127.0.0.1", 0, [](const http::Request&, http::Reply reply) {
                              reply.send("HTTP/1.1 204 No Content\r\n\r\n");
                          }};
    int port_pipe[2];
    if (::pipe(port_pipe) != 0) return EXIT_FAILURE;
    if (::fork() == 0) be_simulator(config_of(options, webhooks.port()), port_pipe[1]);
    std::uint16_t port = 0;
    if (::read(port_pipe[0], &port, sizeof port) != sizeof port) return EXIT_FAILURE;

    Gateway gateway{io, webhooks, port, options};
    gateway.run();
    const boost::json::object stats = stats_of(port);
    const double cpu_micros = stats.at("cpu_seconds").as_double() * 1e6;
    fmt::print(
        "{{\"texts\": {}, \"failed\": {}, \"texts_per_second\": {:.0f}, \"webhooks\": {}, "
        "\"cpu_us_per_text\": {:.1f}}}\n",
        options.texts, gateway.failed(), options.texts / gateway.seconds(),
        stats.at("webhooks_acknowledged").as_int64(), cpu_micros / options.texts);
    return gateway.failed() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App app{"What the simulator costs per text."};
    Options options;
    app.add_option("--texts", options.texts, "how many")->capture_default_str();
    app.add_option("--rate", options.per_second, "texts per second")->capture_default_str();
    app.add_option("--senders", options.senders, "how many")->capture_default_str();
    app.add_option("--record", options.record, "file for the simulator's record; none: it keeps none");
    app.add_flag("!--no-reports", options.reports, "without delivery reports");
    CLI11_PARSE(app, count, arguments);
    return bench(options);
}
