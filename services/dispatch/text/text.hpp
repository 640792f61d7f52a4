#pragma once
// Text: the stage that owns a text from its request to its final state, and the only writer of `outbound.events`.
//
// One task per partition of contacts. A text's row is the dedupe: it is there from the first sight of a request until
// nobody may repeat it any more. What must be known about a contact whatever the request (which steps it was sent, from
// which sender) is a row of its own. Once a text is with a lane, only the lane's answer ends it, or a carrier's report.

#include "whistlestop/state/v1/dispatch.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/runtime/processor.hpp"
#include "common/runtime/sweep.hpp"
#include "common/views/directory_view.hpp"
#include "services/dispatch/call/account.hpp"
#include "services/dispatch/call/calls.hpp"
#include "services/dispatch/gate/consent_view.hpp"
#include "services/dispatch/text/accept.hpp"

namespace whistlestop::dispatch {

// What the stage looks into. Everything outlives the worker.
struct TextParts {
    const Accounts& accounts;
    const DirectoryView& directory;
    const ConsentView& consent;
};

class Text final : public Processor {
public:
    Text(const TextParts& parts, std::uint16_t partition);

    void on_record(Context& context, const Record& record) override;
    void on_timer(Context& context, const Timer& timer) override;
    void on_effect(Context& context, EffectResult&& result) override;
    void on_cycle(Context& context) override;

private:
    using TextRow = state::v1::TextRow;
    struct Entry;  // a row that is being changed, with its id

    void on_request(Context& context, const Record& record);
    void on_send(Context& context, const v1::OutboundRequest& request);
    void on_cancel(Context& context, const Record& record, const v1::OutboundRequest& request);
    void on_attempt(Context& context, const v1::Attempt& attempt);
    void on_not_sent(Context& context, Entry& entry, const v1::Attempt::NotSent& not_sent);
    void on_unknown(Context& context, Entry& entry);
    void on_report(Context& context, const Record& record);
    void on_consent(Context& context, const Record& record);

    void try_accept(Context& context, Entry& entry);
    void park(Context& context, const Entry& entry);
    void accept(Context& context, Entry& entry, state::v1::ContactRow& contact, const std::string& sender);
    static void forget_oldest(Context& context, state::v1::ContactRow& contact);
    void hand_to_lane(Context& context, Entry& entry);
    void emit_to_lane(Context& context, const TextRow& row, const v1::LaneRecord& record);
    void ask_lane_to_cancel(Context& context, Entry& entry, v1::RequestState end);
    void take_from_lane(Context& context, const Entry& entry);
    void sent(Context& context, Entry& entry, const std::string& provider_id);
    void end(Context& context, Entry& entry, v1::RequestState state, std::string_view reason);
    static void stick(state::v1::ContactRow& contact, const std::string& campaign, const std::string& sender);
    static void take_step(state::v1::ContactRow& contact, const Entry& entry);
    void take_step_again(Context& context, const Entry& entry);
    void free_step(Context& context, const Entry& entry);

    void ask_for_list(Context& context, const Entry& entry);
    void on_list(Context& context, Entry& entry, const ListOutcome& list);
    void on_absent(Context& context, Entry& entry, BootMs asked);
    void look_again(Context& context, const Entry& entry);
    BootMs unknown_since(Context& context, const Entry& entry);

    [[nodiscard]] const Account* account_of(std::string_view sender) const;
    [[nodiscard]] const Account* called_with(const TextRow& row) const;

    TextParts parts_;
    std::unordered_map<std::string, BootMs> unknown_since_;  // in this process: for what it found, from its first look
    Walk<TextRow> walk_;
};

[[nodiscard]] StageSpec text_stage(const TextParts& parts, EffectPort& port);

// 16 bytes: the same for the same request, for ever.
[[nodiscard]] std::string text_id_of(std::string_view organisation, std::string_view contact,
                                     std::string_view request_id);

}  // namespace whistlestop::dispatch
