// The other end of services/whistlestop/topics: what a person or a script asks of a running gateway.

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "common/http/unix_client.hpp"
#include "common/log/topic.hpp"
#include "common/wire/cloud_event.hpp"
#include "common/wire/schema.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/config.hpp"
#include "services/whistlestop/topics/writer.hpp"

namespace whistlestop::commands {
namespace {

struct Options {
    std::string config;
    std::string socket;
    std::string topic;
    std::string from;
    std::optional<int> partition;
    std::optional<std::uint64_t> count;
    bool until_now = false;
    bool base64 = false;
};

int complain(std::string_view what) {
    fmt::print(stderr, "{}\n", what);
    return 1;
}

Result<http::UnixClient> connect(const Options& options) {
    if (!options.socket.empty()) return http::UnixClient::connect(options.socket);
    if (options.config.empty()) return http::UnixClient::connect(Config{}.data.folder + "/topics.sock");
    const auto config = load_config(options.config, from_environment);
    if (!config) return std::unexpected{config.error()};
    return http::UnixClient::connect(config->topics.socket);
}

// Sends stdin's lines, without waiting for answers, and counts them.
void send_lines(http::UnixClient& client, const std::string& topic, std::atomic<std::size_t>& sent) {
    std::string line;
    while (std::getline(std::cin, line)) {
        ++sent;
        if (!client.write(fmt::format("produce {} {}", topic, line))) return;
    }
    client.finish();
}

int produce(const Options& options) {
    if (const auto topic = topics::writable(options.topic); !topic) return complain(topic.error().detail);
    std::ios::sync_with_stdio(false);
    auto client = connect(options);
    if (!client) return complain(client.error().detail);
    std::atomic<std::size_t> sent = 0;
    std::jthread sending{[&] { send_lines(*client, options.topic, sent); }};
    int exit_code = 0;
    for (std::size_t answered = 0;; ++answered) {
        const auto answer = client->read();
        if (!answer) return complain(answer.error().detail);
        if (!*answer) {
            sending.join();
            if (answered == sent) return exit_code;
            return complain(
                fmt::format("the gateway closed: of {} lines, {} were not answered", sent.load(), sent - answered));
        }
        if ((*answer)->starts_with("error: ")) exit_code = 1;
        fmt::print("{}\n", **answer);
        std::fflush(stdout);
    }
}

std::string request_line(const Options& options) {
    std::string line = fmt::format("consume {} from={}", options.topic, options.from);
    if (options.partition) line += fmt::format(" partition={}", *options.partition);
    if (options.count) line += fmt::format(" count={}", *options.count);
    if (options.until_now) line += " until=now";
    return line;
}

// What a line of the topic is shown as.
std::function<std::string(std::string_view)> shown(const Options& options) {
    const auto topic = topic_named(options.topic);
    if (!topic || options.base64) return [](std::string_view line) { return std::string{line}; };
    if (*topic == Topic::dlq) return readable_letter;
    return [scratch = std::shared_ptr{new_message(*topic)}](std::string_view line) {
        return readable_line(line, *scratch);
    };
}

int consume(const Options& options) {
    auto client = connect(options);
    if (!client) return complain(client.error().detail);
    if (const auto asked = client->write(request_line(options)); !asked) return complain(asked.error().detail);
    client->finish();
    const auto show = shown(options);
    for (;;) {
        const auto line = client->read();
        if (!line) return complain(line.error().detail);
        if (!*line) return 0;
        if ((*line)->starts_with("error: ")) return complain(**line);
        fmt::print("{}\n", show(**line));
        std::fflush(stdout);
    }
}

CLI::App& add_command(CLI::App& topics, const std::string& name, const std::string& help,
                      const std::shared_ptr<Options>& options) {
    CLI::App& command = *topics.add_subcommand(name, help);
    command.add_option("TOPIC", options->topic, "The topic's name.")->required();
    command.add_option("--config", options->config, "The running gateway's configuration: it names the socket.");
    command.add_option("--socket", options->socket, "The socket itself; by default data/topics.sock.");
    return command;
}

void add_reading(CLI::App& command, const std::shared_ptr<Options>& options) {
    command.add_option("--partition", options->partition, "Only this one.");
    command.add_option("--count", options->count, "Ends after so many.");
    command.add_flag("--until-now", options->until_now, "Ends where the topic ends now; else it follows.");
    command.add_flag("--base64", options->base64, "Leaves the data as it is stored instead of showing it as JSON.");
}

}  // namespace

void add_topics(CLI::App& app, Chosen& chosen) {
    CLI::App& topics = *app.add_subcommand("topics", "Write and read topics of the running gateway by hand.");
    topics.require_subcommand(1);
    const auto options = std::make_shared<Options>();
    CLI::App& producing = add_command(
        topics, "produce", "Writes CloudEvents, one per line of stdin; answers each with partition:offset.", options);
    producing.callback([options, &chosen] { chosen = [options] { return produce(*options); }; });

    CLI::App& consuming = add_command(topics, "consume", "Reads a topic from its beginning and follows it.", options);
    CLI::Option* const from =
        consuming.add_option("--from", options->from, "begin, end, or an offset together with --partition.");
    add_reading(consuming, options);
    consuming.callback([options, from, &chosen] {
        if (from->count() == 0) options->from = "begin";
        chosen = [options] { return consume(*options); };
    });

    CLI::App& tailing = add_command(topics, "tail", "Follows a topic from its end.", options);
    add_reading(tailing, options);
    tailing.callback([options, &chosen] {
        options->from = "end";
        chosen = [options] { return consume(*options); };
    });
}

}  // namespace whistlestop::commands
