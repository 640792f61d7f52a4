#pragma once
// World: the gateway's real stages together, on a log in memory and a clock that the test moves, with a carrier that
// does what the test says. The carrier and what it took outlive every crash.

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/directory.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/inbox.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/testing/stage_driver.hpp"
#include "common/views/directory_view.hpp"
#include "services/dispatch/call/account.hpp"
#include "services/dispatch/call/calls.hpp"
#include "services/dispatch/gate/consent_view.hpp"
#include "services/dispatch/gate/freshness.hpp"
#include "services/dispatch/lane/lane.hpp"

namespace whistlestop::flow {

using dispatch::ListOutcome;
using dispatch::SendCall;
using dispatch::SendOutcome;

// What the carrier does with one call.
struct Behaviour {
    SendOutcome::Kind answer = SendOutcome::Kind::accepted;
    bool taken = true;
    std::int64_t after_ms = 10;
    std::int64_t retry_after_ms = 0;
};

struct Carrier {
    struct Call {
        SendCall call;
        WallMs at;
        std::string provider_id;  // empty: not taken
    };
    std::vector<Call> calls;
    std::function<Behaviour(const SendCall& call)> behave = [](const SendCall&) { return Behaviour{}; };

    bool list_works = true;
    std::int64_t list_lag_ms = 0;      // before it shows a text
    std::int64_t list_answer_ms = 10;  // from when it is read to when that is heard
    std::size_t lists = 0;             // that were asked for

    [[nodiscard]] std::size_t taken() const;
    [[nodiscard]] std::size_t taken_for(std::string_view contact) const;
};

// One process' way to the carrier: answers that have not come yet die with it.
class Port final : public EffectPort {
public:
    Port(Carrier& carrier, const ManualClock& clock) : carrier_{carrier}, clock_{clock} {}
    void start(Effect effect, std::move_only_function<void(std::any outcome)> done) override;
    void deliver();

private:
    struct Pending {
        BootMs due;
        std::any outcome;
        std::move_only_function<void(std::any)> done;
    };
    void send(const SendCall& call, std::move_only_function<void(std::any)> done);

    Carrier& carrier_;
    const ManualClock& clock_;
    std::vector<Pending> pending_;
};

enum class Optout : std::uint8_t { runs, stopped };

class World {
public:
    explicit World(MemoryLog::Options log = {}, Optout how = Optout::runs)
        : World{std::make_shared<MemoryGround>(log), how} {}
    explicit World(std::shared_ptr<Ground> ground, Optout optout = Optout::runs);

    // One organisation "org", its campaign "camp", its sender, all known to every stage.
    void found_organisation();

    void put(const v1::DirectoryCommand& command);
    void put_sender(std::string_view number, std::string_view account, std::uint32_t segments_per_second,
                    std::string_view organisation = "org");
    // A request for a first text that may go.
    [[nodiscard]] static v1::OutboundRequest first_text(std::string_view contact, std::string_view step = "intro",
                                                        std::string_view text = "Hello");
    // The same, asked for now; the request's id is the CloudEvent's.
    void request(std::string_view id, std::string_view contact, std::string_view step = "intro",
                 std::string_view text = "Hello");
    void request(std::string_view id, const v1::OutboundRequest& request, WallMs time);
    void cancel(std::string_view id, std::string_view contact, std::string_view request_id);
    void say(std::string_view contact, std::string_view body, std::string_view provider_id);
    void report(const Carrier::Call& call, v1::DeliveryState state);

    void advance(std::int64_t milliseconds);
    void crash() { driver.crash(); }

    [[nodiscard]] std::vector<v1::OutboundEvent> events();
    // Into the thread of the campaign with that contact.
    void command(std::string_view id, std::string_view contact, v1::InboxCommand command);
    // What every text that came in was taken for.
    [[nodiscard]] std::vector<v1::InboundClassified> classified();
    // What stands for the contact, for the organisation.
    [[nodiscard]] std::vector<v1::ConsentEntry> standing(std::string_view contact);
    // Every thread of a contact, as it stands.
    [[nodiscard]] std::vector<v1::ThreadSummary> threads(std::string_view contact);
    // Of one request: "accepted sent delivered" and so on, in order.
    [[nodiscard]] std::string story(std::string_view request_id);

    static constexpr std::string_view sender = "+13035550100";
    Carrier carrier;
    dispatch::Accounts accounts;
    std::size_t open_intents_max = 1000;
    std::shared_ptr<Ground> ground;
    Optout optout;
    std::weak_ptr<Port> port;
    StageDriver driver;

private:
    [[nodiscard]] Stages stages();
    std::uint64_t commands_ = 0;
};

[[nodiscard]] std::string contact_number(int i);

}  // namespace whistlestop::flow
