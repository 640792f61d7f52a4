#include "services/dispatch/text/accept.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "common/base/hash.hpp"
#include "common/commands/command.hpp"
#include "common/domain/names.hpp"
#include "services/dispatch/gate/gate.hpp"

namespace whistlestop::dispatch {
namespace {

using state::v1::ContactRow;
using state::v1::TextRow;
using Kind = Decision::Kind;

Decision reject(std::string field, std::string reason) {
    return {Kind::reject, std::move(field), std::move(reason), {}};
}

std::optional<Decision> check_fields(const TextRow& row) {
    if (!is_name(row.organisation())) return reject("organisation", "want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
    if (row.text().empty()) return reject("text", "empty");
    if (const auto fits = check_text("text", row.text(), text_characters_max); !fits)
        return reject("text", fits.error().detail);
    if (row.expires_at_ms() > row.request_ms() + dedupe_horizon_ms)
        return reject("expires_at_ms", "want at most 7 days after the request");
    if (row.class_() != v1::TEXT_CLASS_FIRST) return std::nullopt;
    if (!is_name(row.campaign())) return reject("campaign", "want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
    if (!is_name(row.step())) return reject("step", "want 1 to 64 characters of A-Z a-z 0-9 @ . _ -");
    return std::nullopt;
}

std::optional<Decision> check_campaign(const AcceptFacts& facts) {
    const TextRow& row = facts.row;
    const auto unknown = [&](std::string field) {
        if (facts.now.value < row.parked_until_ms()) return Decision{Kind::park, {}, {}, {}};
        return reject(std::move(field), "unknown");
    };
    if (facts.directory.organisation(row.organisation()) == nullptr) return unknown("organisation");
    if (row.class_() != v1::TEXT_CLASS_FIRST) return std::nullopt;
    const v1::Campaign* campaign = facts.directory.campaign(row.campaign());
    if (campaign == nullptr) return unknown("campaign");
    if (campaign->organisation() != row.organisation()) return reject("campaign", "another organisation's");
    if (row.started_by().empty() && !campaign->platform_texts())
        return reject("started_by", "this campaign takes only texts that a person started");
    return std::nullopt;
}

// The sender that this contact knows, else one of the campaign's pool, the same for every try.
std::string choose_sender(const AcceptFacts& facts) {
    const TextRow& row = facts.row;
    if (!row.sender().empty()) return usable(facts.directory, row.sender(), row.organisation()) ? row.sender() : "";
    for (const ContactRow::Sticky& sticky : facts.contact.senders())
        if (sticky.campaign() == row.campaign() && usable(facts.directory, sticky.sender(), row.organisation()))
            return sticky.sender();
    const v1::Campaign* campaign = facts.directory.campaign(row.campaign());
    if (campaign == nullptr || campaign->senders().empty()) return {};
    const auto pool = static_cast<std::uint32_t>(campaign->senders_size());
    const std::uint32_t first = murmur2(row.contact()) / 12 % pool;  // independent of the contact's partition
    for (std::uint32_t i = 0; i < pool; ++i) {
        const std::string& sender = campaign->senders(static_cast<int>((first + i) % pool));
        if (usable(facts.directory, sender, row.organisation())) return sender;
    }
    return {};
}

}  // namespace

bool step_taken(const ContactRow& contact, const TextRow& row) {
    return row.class_() == v1::TEXT_CLASS_FIRST &&
           std::ranges::any_of(contact.steps(), [&](const ContactRow::Step& step) {
               return step.campaign() == row.campaign() && step.step() == row.step();
           });
}

bool usable(const DirectoryView& directory, std::string_view number, std::string_view organisation) {
    const v1::Sender* sender = directory.sender(number);
    return sender != nullptr && owner_of(*sender) == organisation;
}

Result<void> check_time(WallMs time, WallMs now) {
    if (time.value == 0) return fail(Fault::invalid, "time: missing");
    if (now - time > dedupe_horizon_ms) return fail(Fault::invalid, "time: more than 7 days ago");
    if (time - now > request_ahead_max_ms) return fail(Fault::invalid, "time: more than 10 minutes ahead");
    return {};
}

Decision decide(const AcceptFacts& facts) {
    using Consent = ConsentView::Answer;
    if (auto wrong = check_fields(facts.row)) return *wrong;
    if (facts.now.value >= facts.row.expires_at_ms()) return {Kind::expire, {}, "past its expiry", {}};
    if (auto wrong = check_campaign(facts)) return *wrong;
    if (step_taken(facts.contact, facts.row)) return reject("step", "this step was sent to this contact before");
    if (facts.consent == Consent::blocked) return {Kind::suppress, {}, "blocked", {}};
    if (facts.consent == Consent::opted_out && !is_automatic(facts.row.class_()))
        return {Kind::suppress, {}, "opted out", {}};
    std::string sender = choose_sender(facts);
    if (sender.empty()) return reject("sender", "the organisation has no sender for it");
    return {Kind::accept, {}, {}, std::move(sender)};
}

}  // namespace whistlestop::dispatch
