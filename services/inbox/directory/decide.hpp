#pragma once
// What becomes of a command to the directory: the record as it then stands, or a refusal.
//
// Pure. A put replaces what stands; what it may not change is who owns a campaign, and a sender's owners are dated
// here.

#include "whistlestop/v1/directory.pb.h"
#include <expected>
#include <map>
#include <optional>
#include <string>

#include "common/base/clock.hpp"
#include "common/commands/refusal.hpp"

namespace whistlestop::directory {

// What stands of what a command names.
struct Facts {
    WallMs now;
    bool account_known = false;        // the account that put_sender names
    bool same_lane_group = true;       // as the account that the sender has now
    bool organisation_known = false;   // the one that put_sender and put_campaign name
    std::optional<v1::Sender> sender;  // the one to be put
    std::optional<v1::Campaign> campaign;
    std::map<std::string, std::string> owners;  // of the campaign's senders that are known: number -> owner now
};

// The version is not set. The sender's number is in canonical form, or it is refused.
[[nodiscard]] std::expected<v1::DirectoryRecord, Refusal> decide(const v1::DirectoryCommand& command,
                                                                 const Facts& facts);

// Whose command it is; empty where it names nobody.
[[nodiscard]] const std::string& organisation_of(const v1::DirectoryCommand& command);

}  // namespace whistlestop::directory
