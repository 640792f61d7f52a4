// The generator: a platform that asks for texts as fast as they end, and follows every one to its end.
//
// Requests go in through the running gateway's socket; `outbound.events` come back. At most `--window` texts are under
// way at any time: asked for and not ended or, with `--deliveries`, not delivered. Prints one line of JSON.

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/directory.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "common/base/check.hpp"
#include "common/base/clock.hpp"
#include "common/http/unix_client.hpp"
#include "common/wire/base64.hpp"
#include "common/wire/rfc3339.hpp"

namespace whistlestop {
namespace {

using Steady = std::chrono::steady_clock;

struct Options {
    std::string socket;
    std::string account = "acc";
    int contacts = 100'000;
    int senders = 200;
    std::uint32_t segments_per_second = 1000;
    int consents = 0;
    double seconds = 60;
    int window = 6'000;
    bool deliveries = false;  // a text is under way until it is delivered
};

std::string phone(int i) { return fmt::format("+1404{:07}", 2'000'000 + i); }
std::string sender_number(int i) { return fmt::format("+1303{:07}", 2'000'000 + i); }

std::string event_line(std::string_view topic, std::string_view id, std::string_view key,
                       const google::protobuf::Message& data) {
    std::string line =
        fmt::format(R"(produce {} {{"specversion":"1.0","id":"{}","source":"/generator","type":"load","time":"{}",)"
                    R"("partitionkey":"{}","data_base64":")",
                    topic, id, rfc3339(SystemClock{}.wall()), key);
    append_base64(line, data.SerializeAsString());
    return line += "\"}";
}

http::UnixClient connect(const Options& options) {
    auto client = http::UnixClient::connect(options.socket);
    if (client) return std::move(*client);
    fmt::print(stderr, "event=no_gateway cause=\"{}\"\n", client.error().detail);
    std::exit(1);
}

// Reads one answer per line written, in a thread of its own, and stops at the first error.
class Acknowledged {
public:
    explicit Acknowledged(http::UnixClient& client) : thread_{[this, &client] { read(client); }} {}
    void wait_for(std::uint64_t lines) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return count_ >= lines; });
    }

private:
    void read(http::UnixClient& client) {
        for (;;) {
            const auto line = client.read();
            if (!line || !*line) return;
            if ((*line)->starts_with("error")) {
                fmt::print(stderr, "event=refused cause=\"{}\"\n", **line);
                std::exit(1);
            }
            const std::scoped_lock lock{mutex_};
            ++count_;
            changed_.notify_all();
        }
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t count_ = 0;
    std::jthread thread_;
};

void write(http::UnixClient& client, const std::string& line) { check(client.write(line).has_value()); }

void seed(const Options& options) {
    http::UnixClient client = connect(options);
    Acknowledged acknowledged{client};
    std::uint64_t lines = 0;
    v1::DirectoryCommand command;
    command.mutable_put_organisation()->set_id("org");
    command.mutable_put_organisation()->set_name("Load");
    write(client, event_line("directory.commands", fmt::format("seed-{}", lines++), "", command));
    for (int i = 0; i < options.senders; ++i) {
        v1::DirectoryCommand::PutSender& sender = *command.mutable_put_sender();
        sender.set_number(sender_number(i));
        sender.set_account(options.account);
        sender.set_organisation("org");
        sender.set_segments_per_second(options.segments_per_second);
        write(client, event_line("directory.commands", fmt::format("seed-{}", lines++), "", command));
    }
    v1::Campaign& campaign = *command.mutable_put_campaign();
    campaign.set_id("load");
    campaign.set_organisation("org");
    campaign.set_name("Load");
    campaign.set_platform_texts(true);
    for (int i = 0; i < options.senders; ++i) campaign.add_senders(sender_number(i));
    write(client, event_line("directory.commands", fmt::format("seed-{}", lines++), "", command));
    for (int i = 0; i < options.consents; ++i) {
        // Behind the contacts that are texted.
        v1::ConsentCommand consent;
        consent.set_organisation("org");
        consent.set_contact(phone(options.contacts + i));
        consent.mutable_opt_out()->set_cause(v1::ConsentEntry::CAUSE_MANUAL);
        consent.mutable_opt_out()->set_by("load");
        write(client, event_line("consent.commands", fmt::format("seed-{}", lines++), consent.contact(), consent));
        if (lines % 1000 == 0 && lines > 20'000) acknowledged.wait_for(lines - 20'000);
    }
    acknowledged.wait_for(lines);
    client.finish();
}

// No delivery report comes behind it.
bool is_final(v1::RequestState state) { return state != v1::REQUEST_STATE_SENT && state != v1::REQUEST_STATE_UNKNOWN; }

// Follows `outbound.events` from their end on.
class Follower {
public:
    explicit Follower(const Options& options) : deliveries_{options.deliveries}, client_{connect(options)} {
        write(client_, "consume outbound.events from=end");
        thread_ = std::jthread{[this] { read(); }};
    }
    void wait_through(std::uint64_t count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return through_ >= count; });
    }
    [[nodiscard]] std::uint64_t not_sent() const { return not_sent_; }
    [[nodiscard]] std::uint64_t unknown() const { return unknown_; }
    void finish() { client_.close(); }

private:
    void read() {
        for (;;) {
            const auto line = client_.read();
            if (!line || !*line) return;
            take(**line);
        }
    }
    void take(std::string_view line) {
        constexpr std::string_view member = "\"data_base64\":\"";
        const std::size_t at = line.find(member);
        if (at == std::string_view::npos) return;
        line.remove_prefix(at + member.size());
        const auto bytes = decode_base64(line.substr(0, line.find('"')));
        v1::OutboundEvent event;
        if (!bytes || !event.ParseFromString(*bytes)) return;
        const std::scoped_lock lock{mutex_};
        if (event.kind() == v1::OutboundEvent::KIND_ENDED) {
            if (event.state() == v1::REQUEST_STATE_UNKNOWN) ++unknown_;
            if (event.state() != v1::REQUEST_STATE_SENT) ++not_sent_;
        }
        if (event.kind() == v1::OutboundEvent::KIND_ENDED && (!deliveries_ || is_final(event.state()))) ++through_;
        if (deliveries_ && event.kind() == v1::OutboundEvent::KIND_CORRECTED && is_final(event.state())) ++through_;
        if (deliveries_ && event.kind() == v1::OutboundEvent::KIND_DELIVERY &&
            event.delivery() == v1::DELIVERY_STATE_DELIVERED)
            ++through_;
        changed_.notify_all();
    }

    const bool deliveries_;
    http::UnixClient client_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t through_ = 0;
    std::atomic<std::uint64_t> not_sent_ = 0;
    std::atomic<std::uint64_t> unknown_ = 0;
    std::jthread thread_;
};

void load(const Options& options) {
    Follower follower{options};
    http::UnixClient client = connect(options);
    Acknowledged acknowledged{client};
    v1::OutboundRequest request;
    request.set_organisation("org");
    v1::SendText& send = *request.mutable_send();
    send.set_campaign("load");
    const auto began = Steady::now();
    const std::string run = std::to_string(SystemClock{}.wall().value);
    const auto elapsed = [&] { return std::chrono::duration<double>(Steady::now() - began).count(); };
    std::uint64_t asked = 0;
    const auto window = static_cast<std::uint64_t>(options.window);
    while (elapsed() < options.seconds) {
        const auto contact = static_cast<int>(asked % static_cast<std::uint64_t>(options.contacts));
        const std::uint64_t round = asked / static_cast<std::uint64_t>(options.contacts);
        request.set_contact(phone(contact));
        send.set_step(fmt::format("{}-{}", run, round));
        send.set_text(
            fmt::format("Hi! This is text {} of the load test. Will you vote on the third of November?", asked));
        write(client, event_line("outbound.requests", fmt::format("{}-{}", run, asked), request.contact(), request));
        ++asked;
        if (asked % 100 == 0 && asked > window) follower.wait_through(asked - window);
    }
    acknowledged.wait_for(asked);
    follower.wait_through(asked);
    fmt::print("{{\"texts\": {}, \"not_sent\": {}, \"unknown\": {}, \"seconds\": {:.3f}}}\n", asked,
               follower.not_sent(), follower.unknown(), elapsed());
    std::fflush(stdout);
    client.finish();
    follower.finish();
}

}  // namespace
}  // namespace whistlestop

int main(int argc, char** argv) {
    whistlestop::Options options;
    CLI::App app{"Asks a running gateway for texts and follows each to its end."};
    app.add_option("--socket", options.socket, "the gateway's topics socket")->required();
    app.add_option("--account", options.account);
    app.add_option("--contacts", options.contacts);
    app.add_option("--senders", options.senders);
    app.add_option("--segments-per-second", options.segments_per_second, "of each sender");
    app.add_option("--consents", options.consents, "opt-outs of others, seeded first");
    app.add_option("--seconds", options.seconds, "how long to ask");
    app.add_option("--window", options.window, "texts under way at most");
    app.add_flag("--deliveries", options.deliveries, "a text is under way until it is delivered");
    bool only_seed = false;
    bool only_load = false;
    app.add_flag("--seed-only", only_seed);
    app.add_flag("--load-only", only_load);
    CLI11_PARSE(app, argc, argv);
    if (!only_load) whistlestop::seed(options);
    if (!only_seed) whistlestop::load(options);
}
