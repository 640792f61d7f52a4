#pragma once
// The directory: organisations, senders and campaigns, as platforms and desks put them. One task, so that its changes
// have one order and one count.

#include <map>
#include <string>

#include "common/runtime/processor.hpp"

namespace whistlestop::directory {

using Accounts = std::map<std::string, std::string, std::less<>>;  // id -> lane group

// directory.commands -> directory, directory.events. `accounts` are those of the configuration, which alone holds their
// secrets.
[[nodiscard]] StageSpec directory_stage(Accounts accounts);

}  // namespace whistlestop::directory
