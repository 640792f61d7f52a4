#pragma once
// Lane: the stage that calls carriers, within their limits, and closes every attempt.
//
// One task per partition of lane groups. It holds a text from the record that brought it until its attempt is closed;
// the row of an intended call alone carries "at most once" through a crash. PROTOCOL.md, "Intent, gate, call, outcome".

#include "whistlestop/state/v1/dispatch.pb.h"
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "common/runtime/processor.hpp"
#include "common/runtime/rows.hpp"
#include "common/views/directory_view.hpp"
#include "services/dispatch/call/account.hpp"
#include "services/dispatch/call/calls.hpp"
#include "services/dispatch/gate/consent_view.hpp"
#include "services/dispatch/gate/freshness.hpp"
#include "services/dispatch/gate/gate.hpp"
#include "services/dispatch/lane/limits.hpp"
#include "services/dispatch/lane/schedule.hpp"

namespace whistlestop::dispatch {

// No first byte later than this after the moment before the intent's commit was handed over; sooner, where what is
// known of stops ends sooner (Freshness).
inline constexpr std::int64_t first_byte_within_ms = 500;

// Calls that a crash could leave unknown, of all lanes of the process, are bounded.
struct Intents {
    std::size_t open_max = 1000;
    std::size_t open = 0;
    std::size_t lanes = 0;                 // that have open ones
    std::atomic<std::size_t> waiting = 0;  // texts that no call is intended for yet; for readers elsewhere
};

// What lanes look into and share. Everything outlives the worker.
struct LaneParts {
    const Accounts& accounts;
    const DirectoryView& directory;
    const ConsentView& consent;
    Freshness& freshness;
    Intents& intents;
};

class Lane final : public Processor {
public:
    Lane(const LaneParts& parts, std::uint16_t partition) : parts_{parts}, partition_{partition} {}

    void on_open(Context& context) override;
    void on_record(Context& context, const Record& record) override;
    void on_effect(Context& context, EffectResult&& result) override;
    void on_cycle(Context& context) override;
    [[nodiscard]] bool may_start(const Effect& effect, const Moment& now) override;

private:
    // A text whose call is intended.
    struct Open {
        v1::LaneText text;
        Claim claim;  // its account is null where it is gone from the configuration since
        std::uint64_t sequence = 0;
        BootMs first_byte_by;
        std::optional<BootMs> unknown_at;  // found at opening: closed then; else the port tells
        bool cancel_asked = false;
        std::string account;  // that it is called with
    };
    void find(const state::v1::LaneRow& row, BootMs opened);
    void take_text(v1::LaneText text);
    void take_cancel(Context& context, const v1::LaneCancel& cancel);
    void close_overdue(Context& context);
    // Senders and accounts whose room is kept, in one cycle, for a text that waits until there is enough of it: nothing
    // behind it takes what frees meanwhile.
    using Kept = std::unordered_set<std::string>;
    void pick(Context& context);
    void pick(Context& context, Schedule::Class of, Kept& kept);
    bool pick_one(Context& context, const std::string& sender, Schedule::Class of, Kept& kept);
    [[nodiscard]] bool may_open() const;
    void intend(Context& context, const Waiting& waiting);
    void give_back(Context& context, const Waiting& waiting, GateAnswer answer);
    void store_arrivals(Context& context);

    void settle(Context& context, const std::string& id, const SendOutcome& outcome);
    void close(Context& context, const std::string& id, const v1::Attempt& attempt);
    void return_to_queue(Context& context, const std::string& id);
    void put_open(Open open, BootMs now);
    Open take_open(const std::string& id);

    [[nodiscard]] GateFacts facts_of(const Waiting& waiting, const Moment& now) const;
    [[nodiscard]] Claim claim_of(const Waiting& waiting) const;
    [[nodiscard]] bool may_keep(std::string_view sender, std::string_view organisation) const;
    [[nodiscard]] const Account* account_of(std::string_view sender) const;
    [[nodiscard]] std::uint32_t sender_limit(std::string_view sender) const;

    LaneParts parts_;
    std::uint16_t partition_;
    Schedule schedule_;
    std::unordered_map<std::string, v1::LaneText> arrivals_;  // came in this cycle; no row yet
    std::unordered_map<std::string, Open> open_;
    Limits limits_{BootMs{}};  // made at opening
    std::size_t lanes_ = 1;    // of the process, that have an account
    std::uint64_t sequence_ = 0;
    std::size_t waiting_told_ = 0;
    std::size_t given_back_ = 0;  // in this cycle
};

[[nodiscard]] StageSpec lane_stage(const LaneParts& parts, EffectPort& port);

}  // namespace whistlestop::dispatch
