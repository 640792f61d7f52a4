#include "services/whistlestop/gateway/gateway.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <random>
#include <utility>

#include "common/base/forward_clock.hpp"
#include "common/fault/fault.hpp"
#include "common/http/client.hpp"
#include "common/http/io_thread.hpp"
#include "common/http/server.hpp"
#include "common/log/embedded/embedded_log.hpp"
#include "common/runtime/background.hpp"
#include "common/runtime/worker.hpp"
#include "common/state/state.hpp"
#include "common/state/store.hpp"
#include "common/views/directory_view.hpp"
#include "services/dispatch/call/carrier_port.hpp"
#include "services/dispatch/gate/consent_view.hpp"
#include "services/dispatch/gate/freshness.hpp"
#include "services/dispatch/lane/lane.hpp"
#include "services/dispatch/text/text.hpp"
#include "services/inbox/directory/stage.hpp"
#include "services/inbox/thread/stage.hpp"
#include "services/intake/webhook/webhooks.hpp"
#include "services/optout/consent/classified.hpp"
#include "services/optout/consent/stage.hpp"
#include "services/whistlestop/classifier.hpp"
#include "services/whistlestop/gateway/figures.hpp"

namespace whistlestop {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds drain_limit{15'000};
constexpr std::chrono::milliseconds beat_every{500};

std::uint64_t draw_boot() {
    std::random_device random;
    return std::uint64_t{random()} << 32 | random();
}

dispatch::Accounts dispatch_accounts(const Config& config) {
    dispatch::Accounts accounts;
    for (const Config::Account& account : config.accounts)
        accounts[account.id] = {.id = account.id,
                                .sid = account.sid,
                                .auth_token = account.auth_tokens.front(),
                                .base_url = account.base_url,
                                .lane_group = account.lane_group.empty() ? account.id : account.lane_group,
                                .segments_per_second = static_cast<std::uint32_t>(account.segments_per_second),
                                .http_timeout_ms = account.http_timeout_ms,
                                .absent_after_ms = account.absent_after_ms,
                                .list_is_proof = account.list_is_proof};
    return accounts;
}

directory::Accounts lane_groups(const dispatch::Accounts& accounts) {
    directory::Accounts groups;
    for (const auto& [id, account] : accounts) groups.emplace(id, account.lane_group);
    return groups;
}

intake::WebhookSettings webhook_settings(const Config& config) {
    intake::WebhookSettings settings;
    for (const Config::Account& account : config.accounts)
        settings.door.accounts[account.id] = {account.provider, account.sid, account.auth_tokens};
    settings.door.public_url = config.webhooks.public_url;
    settings.waiting_max = static_cast<std::size_t>(config.webhooks.waiting_max);
    return settings;
}

EmbeddedLog::Options log_options(const Config& config) {
    EmbeddedLog::Options options;
    options.folder = fs::path{config.data.folder} / "log";
    options.segment_bytes = static_cast<std::uint64_t>(config.log.segment_mib) << 20;
    if (config.log.retention_minutes > 0) options.retention_max = std::chrono::minutes{config.log.retention_minutes};
    options.elapsed = [] { return std::chrono::milliseconds{SystemClock{}.boot().value}; };
    return options;
}

WorkerOptions worker_options(const Config& config) {
    WorkerOptions options;
    options.checkpoint_ms = config.state.checkpoint_ms;
    options.checkpoint_bytes = static_cast<std::size_t>(config.state.checkpoint_mib) << 20;
    return options;
}

// What can be missing, damaged or somebody else's.
struct Opened {
    optout::Classify classify;
    std::unique_ptr<EmbeddedLog> log;
    std::unique_ptr<Store> store;
};

Result<Opened> open_parts(const Config& config) {
    auto classifier = load_classifier(config.optout.model);
    if (!classifier) return std::unexpected{classifier.error()};
    auto log = EmbeddedLog::open(log_options(config));
    if (!log) return std::unexpected{log.error()};
    auto store = open_rocks_store(fs::path{config.data.folder} / "state", {});
    if (!store) return std::unexpected{store.error()};
    return Opened{optout::classify_with(*std::move(classifier)), *std::move(log), *std::move(store)};
}

}  // namespace

struct Gateway::Parts {
    Parts(const Config& config, Opened opened, obs::Logger& logger, obs::Registry& registry)
        : accounts{dispatch_accounts(config)},
          classify{std::move(opened.classify)},
          flush_bytes{static_cast<std::uint64_t>(config.state.flush_mib) << 20},
          log{std::move(opened.log)},
          store{std::move(opened.store)},
          webhooks{*log, clock, webhook_settings(config), registry, logger},
          outcomes{clock, registry, logger},
          port{client, accounts, outcomes, config.webhooks.public_url + "/webhooks"},
          worker{worker_parts(), broadcasts(), stages(), worker_options(config)} {
        intents.open_max = static_cast<std::size_t>(config.limits.open_intents_max);
    }

    [[nodiscard]] WorkerParts worker_parts() {
        return {*log,
                state,
                *store,
                clock,
                [this](std::move_only_function<void()> job) { background.post(std::move(job)); },
                [this](const TrimPoint& point) { trim(point); }};
    }

    [[nodiscard]] std::vector<BroadcastSpec> broadcasts() {
        return {{Topic::directory, &directory}, {Topic::consent, &consent}, {Topic::controls, &controls}};
    }

    [[nodiscard]] std::vector<StageSpec> stages() {
        return {directory::directory_stage(lane_groups(accounts)), optout::consent_stage(directory, classify),
                dispatch::text_stage({accounts, directory, consent}, port),
                dispatch::lane_stage({accounts, directory, consent, freshness, intents}, port), thread::thread_stage()};
    }

    void trim(const TrimPoint& point) {
        if (const std::uint64_t written = log->stats().bytes; written >= flush_due) {
            store->flush();
            flush_due = written + flush_bytes;
            fault::point(fault::checkpoint_after_flush);
        }
        log->trim(
            store->anchor_on_disk(), [&](TopicPartition partition) { return point.lowest[index_of(partition)]; },
            clock.wall());
    }

    // Of the thread that serves webhooks and calls carriers, as the worker has its own.
    void beat() {
        io_beat_ms = clock.boot().value;
        io.after(beat_every, [this] { beat(); });
    }

    Result<void> open(const Config& config) {
        const auto replayed = log->replay(store->anchor(), [this](const RowChange& change) { state.replay(change); });
        if (!replayed) return replayed;
        worker.checkpoint_all();  // tasks scan their rows as they open: in the store these are in order
        worker.open();
        beat();
        auto listening =
            http::Server::listen(io, config.webhooks.address, static_cast<std::uint16_t>(config.webhooks.port), {},
                                 [this](const http::Request& request, http::Respond respond) {
                                     webhooks.handle(request, std::move(respond));
                                 });
        if (!listening) return std::unexpected{listening.error()};
        server = std::move(*listening);
        return {};
    }

    const SystemClock system_clock;
    const ForwardClock clock{system_clock};
    const std::uint64_t boot = draw_boot();
    const dispatch::Accounts accounts;
    const optout::Classify classify;
    const std::uint64_t flush_bytes;
    std::uint64_t flush_due = 0;  // by bytes written: at the first checkpoint, for what the opening rolled forward
    std::unique_ptr<EmbeddedLog> log;
    std::unique_ptr<Store> store;
    State state{*store};
    DirectoryView directory;
    dispatch::Freshness freshness{"gateway", boot};
    dispatch::ConsentView consent{freshness};
    dispatch::ControlsView controls{freshness};
    dispatch::Intents intents;
    intake::Webhooks webhooks;
    std::atomic<std::int64_t> io_beat_ms = 0;
    dispatch::Outcomes outcomes;  // before the client, which ends its calls as it goes
    http::IoThread io{"http"};
    http::Client client{io, {}, clock};
    dispatch::CarrierPort port;
    std::atomic<bool> ending = false;
    Worker worker;
    Background background;  // after the worker, whose frozen rows it writes
    std::unique_ptr<http::Server> server;
};

Result<std::unique_ptr<Gateway>> Gateway::open(const Config& config, obs::Logger& logger, obs::Registry& registry) {
    auto opened = open_parts(config);
    if (!opened) return std::unexpected{opened.error()};
    auto parts = std::make_unique<Parts>(config, *std::move(opened), logger, registry);
    if (const auto ready = parts->open(config); !ready) return std::unexpected{ready.error()};
    show_figures(registry, {*parts->log, parts->worker, parts->intents});
    return std::unique_ptr<Gateway>{new Gateway{std::move(parts)}};
}

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Gateway::~Gateway() = default;

void Gateway::run(const std::stop_token& stop) {
    const std::stop_callback end{stop, [this] { parts_->ending = true; }};
    parts_->worker.run(stop);
    // Webhooks are taken to the last: carriers hardly bring one again, and the log keeps it for whoever starts next.
    parts_->server->drain(drain_limit);
    parts_->worker.checkpoint_all();
}

Log& Gateway::log() { return *parts_->log; }
const Clock& Gateway::clock() const { return parts_->clock; }
std::uint16_t Gateway::webhook_port() const { return parts_->server->port(); }
bool Gateway::ready() const { return parts_->worker.opened() && !parts_->ending; }

std::int64_t Gateway::beat_age_ms() const {
    const std::int64_t oldest = std::min(parts_->worker.beat_ms(), parts_->io_beat_ms.load());
    return parts_->clock.boot().value - oldest;
}

}  // namespace whistlestop
