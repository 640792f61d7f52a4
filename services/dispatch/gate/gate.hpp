#pragma once
// Gate: may this text go now? One pure question, asked when a text is picked and again just before the first byte.
//
// Whatever the answer depends on arrives in GateFacts. The first rule that applies wins.

#include "whistlestop/v1/outbound.pb.h"
#include <cstdint>

#include "common/base/clock.hpp"
#include "services/dispatch/gate/consent_view.hpp"

namespace whistlestop::dispatch {

// Ours, not the platform's: a stop lets it pass, a block does not.
[[nodiscard]] constexpr bool is_automatic(v1::TextClass text_class) {
    return text_class == v1::TEXT_CLASS_CONFIRMATION || text_class == v1::TEXT_CLASS_HELP;
}

struct GateFacts {
    bool automatic = false;  // is_automatic
    ConsentView::Answer consent = ConsentView::Answer::allowed;
    bool sender_usable = true;  // this organisation's, and this lane's
    WallMs expires;
    WallMs now;
    bool fresh = true;
    bool room = true;  // in every bucket, and no back-off
};

enum class GateAnswer : std::uint8_t {
    go,
    wait,       // here: it will change by itself
    opted_out,  // the rest give the text back
    expired,
    no_sender,
};

[[nodiscard]] constexpr GateAnswer ask_gate(const GateFacts& facts) {
    using Consent = ConsentView::Answer;
    if (facts.consent == Consent::blocked) return GateAnswer::opted_out;
    if (facts.consent == Consent::opted_out && !facts.automatic) return GateAnswer::opted_out;
    if (facts.now >= facts.expires) return GateAnswer::expired;
    if (!facts.sender_usable) return GateAnswer::no_sender;
    if (!facts.fresh || !facts.room) return GateAnswer::wait;
    return GateAnswer::go;
}

}  // namespace whistlestop::dispatch
