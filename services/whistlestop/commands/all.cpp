// `whistlestop all`: the four services in one process, until it is told to stop.

#include "services/whistlestop/commands/all.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "common/fault/fault.hpp"
#include "common/obs/log.hpp"
#include "common/obs/metrics.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/config.hpp"
#include "services/whistlestop/gateway/gateway.hpp"
#include "services/whistlestop/operations/operations.hpp"
#include "services/whistlestop/topics/service.hpp"

namespace whistlestop::commands {
namespace {

constexpr std::int64_t beat_age_ms_max = 10'000;  // longer than any stall that ends by itself

// SIGTERM and SIGINT, for every thread that starts from here on: one of them waits, the others are not disturbed.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return signals;
}

int wait_for(const sigset_t& signals) {
    int signal = 0;
    while (sigwait(&signals, &signal) != 0) {
    }
    return signal;
}

int fail_with(obs::Logger& logger, std::string_view event, const Error& error) {
    logger.error(event, {{"cause", error.detail}});
    return 1;
}

// Numbers and texts are in this folder: nobody else's business.
Result<void> make_folder(const std::string& folder) {
    ::umask(S_IRWXG | S_IRWXO);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(Fault::unavailable, fmt::format("cannot create {}: {}", folder, error.message()));
    return {};
}

Result<std::unique_ptr<Operations>> listen_for_operations(const Config& config, const Gateway& gateway,
                                                          const obs::Registry& registry) {
    auto started = std::make_shared<std::atomic<bool>>(false);
    Probes probes{.live = [&gateway] { return gateway.beat_age_ms() < beat_age_ms_max; },
                  .ready = [&gateway] { return gateway.ready(); },
                  .started = [&gateway, started] { return *started = *started || gateway.ready(); }};
    return Operations::listen(config.operations.address, static_cast<std::uint16_t>(config.operations.port),
                              std::move(probes), registry);
}

int serve(const Config& config, const sigset_t& signals) {
    obs::Logger logger;
    obs::Registry registry;
    if (const auto made = make_folder(config.data.folder); !made) return fail_with(logger, "no_folder", made.error());
    auto gateway = Gateway::open(config, logger, registry);
    if (!gateway) return fail_with(logger, "not_opened", gateway.error());
    auto operations = listen_for_operations(config, **gateway, registry);
    if (!operations) return fail_with(logger, "no_operations_port", operations.error());
    auto topics = topics::Service::listen((*gateway)->log(), (*gateway)->clock(), config.topics.socket);
    if (!topics) return fail_with(logger, "no_topics_socket", topics.error());
    logger.info("started", {{"version", WHISTLESTOP_VERSION},
                            {"webhooks_port", (*gateway)->webhook_port()},
                            {"operations_port", (*operations)->port()},
                            {"topics_socket", config.topics.socket}});

    std::stop_source stop;
    const std::jthread waiting{[&] {
        logger.info("draining", {{"signal", wait_for(signals)}});
        (*topics)->stop();  // first, while everything that it writes is still worked on
        stop.request_stop();
    }};
    (*gateway)->run(stop.get_token());
    logger.info("stopped");
    return 0;
}

}  // namespace

int run_all(const std::string& file) {
    const sigset_t signals = block_signals();
    const auto config = load_config(file, from_environment);
    if (!config) {
        fmt::print(stderr, "{}\n", config.error().detail);
        return 1;
    }
    if (const auto armed = fault::arm_from_environment(); !armed) {
        fmt::print(stderr, "WHISTLESTOP_FAULT: {}\n", armed.error().detail);
        return 1;
    }
    return serve(*config, signals);
}

void add_all(CLI::App& app, Chosen& chosen) {
    CLI::App& all = *app.add_subcommand("all", "Runs intake, dispatch, optout and inbox in one process.");
    const auto file = std::make_shared<std::string>();
    all.add_option("--config", *file, "The configuration, in TOML.")->required();
    all.callback([file, &chosen] { chosen = [file] { return run_all(*file); }; });
}

}  // namespace whistlestop::commands
