#pragma once
// All: the gateway as one process, for the commands that run it.

#include <string>

namespace whistlestop::commands {

// Runs intake, dispatch, optout and inbox until SIGTERM or SIGINT; returns the exit code. Blocks both signals, so it is
// called before any thread is started.
[[nodiscard]] int run_all(const std::string& config_file);

}  // namespace whistlestop::commands
