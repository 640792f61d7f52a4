#pragma once
// Consent: reads what contacts text us, keeps the ledger of who may not be texted, says so to everybody, and confirms
// an opt-out once.
//
// Markers come back as echoes on the same partition, in order: what was durable before a marker has taken effect on
// `consent` before its echo. That is all a lane's freshness rests on, so nothing here may wait and answer later.

#include "common/runtime/processor.hpp"
#include "common/views/directory_view.hpp"
#include "services/optout/consent/meaning.hpp"

namespace whistlestop::optout {

// inbound, consent.commands -> consent, inbound.classified, outbound.answers. `directory` outlives the worker.
[[nodiscard]] StageSpec consent_stage(const DirectoryView& directory, Classify classify = {});

}  // namespace whistlestop::optout
