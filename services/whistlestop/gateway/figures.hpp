#pragma once
// Figures: what operations see of the running parts, looked up when somebody scrapes and at no other time.

#include "common/base/clock.hpp"
#include "common/log/embedded/embedded_log.hpp"
#include "common/obs/metrics.hpp"
#include "common/runtime/worker.hpp"
#include "services/dispatch/lane/lane.hpp"

namespace whistlestop {

// Everything outlives the registry's last scrape.
struct FigureParts {
    const EmbeddedLog& log;
    const Worker& worker;
    const dispatch::Intents& intents;
};

void show_figures(obs::Registry& registry, const FigureParts& parts);

}  // namespace whistlestop
