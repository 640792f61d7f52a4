// `whistlestop dev`: `all`, with a configuration that needs no thought, in a folder of its own.

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "services/whistlestop/commands/all.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/config.hpp"
#include "services/whistlestop/config_keys.hpp"

namespace whistlestop::commands {
namespace {

struct Options {
    std::string folder = "whistlestop-dev";
    std::string carrier = "http://127.0.0.1:8085";
};

// Nothing in it is a secret: it is for a carrier that is none.
std::string configuration(const Options& options, const std::filesystem::path& folder) {
    std::string data;
    KeyWriter{data}.text("folder", folder / "data");
    std::string carrier;
    KeyWriter{carrier}.text("base_url", options.carrier);
    return fmt::format(R"(# Written by `whistlestop dev`, which leaves it alone from now on.
[data]
{}[[accounts]]
id = "dev"
sid = "ACdev"
auth_tokens = ["dev"]
{}segments_per_second = 100
http_timeout_ms = 2000
absent_after_ms = 3000
)",
                       data, carrier);
}

void say_where(const std::string& file, const Config& config) {
    fmt::print(stderr,
               "configuration  {}\n"
               "webhooks       {}/webhooks/twilio/dev/(inbound|status), on port {}\n"
               "operations     http://{}:{}/readyz, /metrics\n"
               "topics         {}\n"
               "carrier        {}\n"
               "Try: whistlestop topics tail outbound.events --config {}\n",
               file, config.webhooks.public_url, config.webhooks.port, config.operations.address,
               config.operations.port, config.topics.socket, config.accounts.front().base_url, file);
}

int run_dev(const Options& options) {
    const auto folder = std::filesystem::absolute(options.folder);
    const std::string file = folder / "whistlestop.toml";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!std::filesystem::exists(file, error)) std::ofstream{file} << configuration(options, folder);
    const auto config = load_config(file, from_environment);
    if (!config) {
        fmt::print(stderr, "{}\n", config.error().detail);
        return 1;
    }
    say_where(file, *config);
    return run_all(file);
}

}  // namespace

void add_dev(CLI::App& app, Chosen& chosen) {
    CLI::App& dev = *app.add_subcommand(
        "dev",
        "Runs the gateway on 127.0.0.1 with a configuration made for it, and says where everything is. It talks to "
        "whatever listens as a carrier; deploy/dev starts a simulated one with people, and seeds a campaign.");
    const auto options = std::make_shared<Options>();
    dev.add_option("--folder", options->folder, "Holds configuration and data, and is made where it is missing.")
        ->capture_default_str();
    dev.add_option("--carrier", options->carrier, "Where the carrier listens; only for a new configuration.")
        ->capture_default_str();
    dev.callback([options, &chosen] { chosen = [options] { return run_dev(*options); }; });
}

}  // namespace whistlestop::commands
