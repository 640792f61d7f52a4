#pragma once
// Commands: what `whistlestop COMMAND` does. Each adds itself to the command line and, where it is the one that was
// given, leaves what to do in `chosen`.

#include <functional>

namespace CLI {
class App;
}

namespace whistlestop::commands {

using Chosen = std::function<int()>;  // returns the exit code

void add_all(CLI::App& app, Chosen& chosen);
void add_dev(CLI::App& app, Chosen& chosen);
void add_topics(CLI::App& app, Chosen& chosen);
void add_segments(CLI::App& app, Chosen& chosen);
void add_classify(CLI::App& app, Chosen& chosen);
void add_config(CLI::App& app, Chosen& chosen);

}  // namespace whistlestop::commands
