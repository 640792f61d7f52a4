#include "services/inbox/directory/decide.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/commands/command.hpp"
#include "common/domain/names.hpp"
#include "common/domain/phone.hpp"

namespace whistlestop::directory {
namespace {

constexpr std::size_t title_characters_max = 200;
constexpr int words_max = 64;
constexpr std::size_t word_characters_max = 40;
constexpr int pool_max = 1000;
constexpr std::uint32_t segments_per_second_max = 1000;
constexpr int owners_max = 64;
// How long a former owner stays in a sender's record: well over the time in which a stop still covers it.
constexpr std::int64_t owner_kept_ms = std::int64_t{400} * 24 * 3600 * 1000;

constexpr std::string_view name_wanted = "want 1 to 64 characters of A-Z a-z 0-9 @ . _ -, the first not @";
constexpr std::string_view title_wanted = "want 1 to 200 characters, none a control character";
constexpr std::string_view words_wanted = "want at most 64 words of 1 to 40 characters";

// Keeps the first complaint, so that checks stay a list.
class Checks {
public:
    void want(bool holds, std::string_view field, std::string_view reason) {
        if (!holds && !refusal_) refusal_ = Refusal{std::string{field}, std::string{reason}};
    }
    template <class T>
    [[nodiscard]] std::expected<v1::DirectoryRecord, Refusal> result(T settle) {
        if (refusal_) return std::unexpected{*std::move(refusal_)};
        v1::DirectoryRecord record;
        settle(record);
        return record;
    }

private:
    std::optional<Refusal> refusal_;
};

// Ids that begin with @ are reserved: for catch-all threads, for what comes.
bool is_free_name(std::string_view value) { return is_name(value) && !value.starts_with('@'); }

bool is_title(std::string_view value) {
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !value.empty() && count_characters(value) <= title_characters_max && std::ranges::none_of(value, control);
}

bool are_words(const v1::KeywordProfile& keywords) {
    const auto fits = [](const std::string& word) {
        return !word.empty() && count_characters(word) <= word_characters_max;
    };
    return keywords.handled_size() <= words_max && std::ranges::all_of(keywords.handled(), fits);
}

std::expected<v1::DirectoryRecord, Refusal> put_organisation(const v1::Organisation& put) {
    Checks checks;
    checks.want(is_free_name(put.id()), "put_organisation.id", name_wanted);
    checks.want(is_title(put.name()), "put_organisation.name", title_wanted);
    return checks.result([&](v1::DirectoryRecord& record) { *record.mutable_organisation() = put; });
}

using Owners = google::protobuf::RepeatedPtrField<v1::Ownership>;

// The owners with `organisation` as the newest, without those who ceased to own it long ago.
Owners dated(Owners owners, const std::string& organisation, WallMs now) {
    const std::string_view newest = owners.empty() ? std::string_view{} : owners.rbegin()->organisation();
    if (newest != organisation) {
        v1::Ownership& owner = *owners.Add();
        owner.set_organisation(organisation);
        owner.set_since_ms(now.value);
    }
    while (owners.size() > 1 && owners[1].since_ms() < now.value - owner_kept_ms) owners.erase(owners.begin());
    return owners;
}

std::expected<v1::DirectoryRecord, Refusal> put_sender(const v1::DirectoryCommand::PutSender& put, const Facts& facts) {
    const Owners owners = dated(facts.sender ? facts.sender->owners() : Owners{}, put.organisation(), facts.now);
    const bool rate_fits = put.segments_per_second() >= 1 && put.segments_per_second() <= segments_per_second_max;
    Checks checks;
    checks.want(SenderId::parse(put.number()).has_value(), "put_sender.number",
                "want E.164 or a short code of 3 to 8 digits");
    checks.want(facts.account_known, "put_sender.account", "no such account in the configuration");
    checks.want(facts.same_lane_group, "put_sender.account",
                "want one of the sender's lane group: its limits are counted there");
    checks.want(put.organisation().empty() || facts.organisation_known, "put_sender.organisation",
                "no such organisation");
    checks.want(are_words(put.keywords()), "put_sender.keywords.handled", words_wanted);
    checks.want(rate_fits, "put_sender.segments_per_second", "want 1 to 1000");
    checks.want(owners.size() <= owners_max, "put_sender.organisation", "at most 64 owners in 400 days");
    return checks.result([&](v1::DirectoryRecord& record) {
        v1::Sender& sender = *record.mutable_sender();
        sender.set_number(put.number());
        sender.set_account(put.account());
        *sender.mutable_owners() = owners;
        if (put.has_keywords()) *sender.mutable_keywords() = put.keywords();
        sender.set_segments_per_second(put.segments_per_second());
    });
}

std::expected<v1::DirectoryRecord, Refusal> put_campaign(const v1::Campaign& put, const Facts& facts) {
    const auto known = [&](const std::string& number) { return facts.owners.contains(number); };
    const auto own = [&](const std::string& number) {
        const auto owner = facts.owners.find(number);
        return owner != facts.owners.end() && owner->second == put.organisation();
    };
    const bool same_owner = !facts.campaign || facts.campaign->organisation() == put.organisation();
    Checks checks;
    checks.want(is_free_name(put.id()), "put_campaign.id", name_wanted);
    checks.want(facts.organisation_known, "put_campaign.organisation", "no such organisation");
    checks.want(same_owner, "put_campaign.organisation", "the campaign belongs to another organisation");
    checks.want(is_title(put.name()), "put_campaign.name", title_wanted);
    checks.want(put.senders_size() >= 1 && put.senders_size() <= pool_max, "put_campaign.senders",
                "want 1 to 1000 senders");
    checks.want(std::ranges::all_of(put.senders(), known), "put_campaign.senders", "a sender is not known");
    checks.want(std::ranges::all_of(put.senders(), own), "put_campaign.senders",
                "a sender belongs to another organisation");
    return checks.result([&](v1::DirectoryRecord& record) { *record.mutable_campaign() = put; });
}

}  // namespace

std::expected<v1::DirectoryRecord, Refusal> decide(const v1::DirectoryCommand& command, const Facts& facts) {
    switch (command.command_case()) {
        case v1::DirectoryCommand::kPutOrganisation: return put_organisation(command.put_organisation());
        case v1::DirectoryCommand::kPutSender: return put_sender(command.put_sender(), facts);
        case v1::DirectoryCommand::kPutCampaign: return put_campaign(command.put_campaign(), facts);
        case v1::DirectoryCommand::COMMAND_NOT_SET: break;
    }
    return std::unexpected{Refusal{"command", "want one that is known"}};
}

const std::string& organisation_of(const v1::DirectoryCommand& command) {
    switch (command.command_case()) {
        case v1::DirectoryCommand::kPutOrganisation: return command.put_organisation().id();
        case v1::DirectoryCommand::kPutSender: return command.put_sender().organisation();
        case v1::DirectoryCommand::kPutCampaign: return command.put_campaign().organisation();
        case v1::DirectoryCommand::COMMAND_NOT_SET: break;
    }
    return command.put_organisation().id();
}

}  // namespace whistlestop::directory
