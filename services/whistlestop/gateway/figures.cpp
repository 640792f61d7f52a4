#include "services/whistlestop/gateway/figures.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace whistlestop {
namespace {

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>{time}.count(); }
double seconds(std::int64_t milliseconds) { return static_cast<double>(milliseconds) / 1000; }

void show_log(obs::Registry& registry, const FigureParts& parts) {
    obs::Gauge records = registry.gauge("whistlestop_log_records", "Records made durable since the start.");
    obs::Gauge rows = registry.gauge("whistlestop_log_rows", "Changed rows made durable since the start.");
    obs::Gauge frames = registry.gauge("whistlestop_log_frames", "Syncs since the start.");
    obs::Gauge bytes = registry.gauge("whistlestop_log_bytes", "Of the log on disk now.");
    obs::Gauge waiting = registry.gauge("whistlestop_log_commits_waiting", "Commits that are not durable yet.");
    obs::Gauge sync_last = registry.gauge("whistlestop_log_sync_last_seconds", "What the newest sync took.");
    obs::Counter sync_total = registry.counter("whistlestop_log_sync_seconds_total", "What all syncs took.");
    registry.at_scrape([=]() mutable {
        const EmbeddedLog::Stats stats = parts.log.stats();
        records.set(static_cast<double>(stats.records));
        rows.set(static_cast<double>(parts.worker.rows_committed()));
        frames.set(static_cast<double>(stats.frames));
        bytes.set(static_cast<double>(stats.bytes_on_disk));
        waiting.set(static_cast<double>(stats.commits_waiting));
        sync_last.set(seconds(stats.sync_last));
        sync_total.add(seconds(stats.sync_total) - sync_total.value());
    });
}

void show_queues(obs::Registry& registry, const FigureParts& parts) {
    std::vector<obs::Gauge> lags;
    for (const Lag& lag : parts.worker.lags())
        lags.push_back(
            registry.gauge("whistlestop_consumer_lag_records", "Records that the stage has not read yet.",
                           {{"stage", std::string{lag.stage}}, {"topic", std::string{spec_of(lag.topic).name}}}));
    obs::Gauge effects = registry.gauge("whistlestop_effects_open", "Calls outside that have no outcome yet.");
    obs::Gauge waiting =
        registry.gauge("whistlestop_dispatch_texts_waiting", "Texts that wait in lanes for their turn.");
    registry.at_scrape([=]() mutable {
        const std::vector<Lag> now = parts.worker.lags();
        for (std::size_t i = 0; i < now.size(); ++i) lags[i].set(static_cast<double>(now[i].records));
        effects.set(static_cast<double>(parts.worker.effects_open()));
        waiting.set(static_cast<double>(parts.intents.waiting.load()));
    });
}

void show_checkpoints(obs::Registry& registry, const FigureParts& parts) {
    obs::Gauge age = registry.gauge("whistlestop_checkpoint_age_seconds",
                                    "Since the newest checkpoint was begun; where nothing changes there is none.");
    obs::Gauge took = registry.gauge("whistlestop_checkpoint_last_seconds", "What writing the newest checkpoint took.");
    registry.at_scrape([=]() mutable {
        age.set(seconds(parts.worker.checkpoint_age_ms()));
        took.set(seconds(parts.worker.checkpoint_took_ms()));
    });
}

}  // namespace

void show_figures(obs::Registry& registry, const FigureParts& parts) {
    show_log(registry, parts);
    show_queues(registry, parts);
    show_checkpoints(registry, parts);
}

}  // namespace whistlestop
