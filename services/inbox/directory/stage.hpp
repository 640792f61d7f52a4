#pragma once
// The directory: organisations, senders and campaigns, as platforms and desks put them. One task, so that its changes
// have one order and one count.

#include <set>
#include <string>

#include "common/runtime/processor.hpp"

namespace whistlestop::directory {

using Accounts = std::set<std::string, std::less<>>;

// directory.commands -> directory, directory.events. `accounts` are those of the configuration, which alone holds their
// secrets.
[[nodiscard]] StageSpec directory_stage(Accounts accounts);

}  // namespace whistlestop::directory
