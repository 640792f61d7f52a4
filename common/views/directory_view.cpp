#include "common/views/directory_view.hpp"

#include <algorithm>
#include <utility>

namespace whistlestop {
namespace {

template <class Table>
const typename Table::mapped_type* find(const Table& table, std::string_view key) {
    const auto found = table.find(key);
    return found == table.end() ? nullptr : &found->second;
}

}  // namespace

void DirectoryView::load(std::string_view, std::string_view value) { static_cast<void>(keep(value)); }

View::Applied DirectoryView::apply(const Record& record, const Moment&) {
    return keep(record.value) ? Applied::keep : Applied::unreadable;
}

// A kind of record that this version does not know is a row all the same: a later version will read it.
bool DirectoryView::keep(std::string_view value) {
    v1::DirectoryRecord record;
    if (!record.ParseFromArray(value.data(), static_cast<int>(value.size()))) return false;
    version_ = std::max(version_, record.version());
    switch (record.record_case()) {
        case v1::DirectoryRecord::kOrganisation:
            organisations_[record.organisation().id()] = std::move(*record.mutable_organisation());
            break;
        case v1::DirectoryRecord::kSender:
            sender_versions_[record.sender().number()] = record.version();
            senders_[record.sender().number()] = std::move(*record.mutable_sender());
            break;
        case v1::DirectoryRecord::kCampaign:
            campaigns_[record.campaign().id()] = std::move(*record.mutable_campaign());
            break;
        case v1::DirectoryRecord::RECORD_NOT_SET: break;
    }
    return true;
}

const v1::Organisation* DirectoryView::organisation(std::string_view id) const { return find(organisations_, id); }
const v1::Sender* DirectoryView::sender(std::string_view number) const { return find(senders_, number); }
const v1::Campaign* DirectoryView::campaign(std::string_view id) const { return find(campaigns_, id); }

std::uint64_t DirectoryView::sender_version(std::string_view number) const {
    const std::uint64_t* version = find(sender_versions_, number);
    return version == nullptr ? 0 : *version;
}

std::string_view owner_of(const v1::Sender& sender) {
    if (sender.owners().empty()) return {};
    return sender.owners().rbegin()->organisation();
}

std::vector<std::string_view> covered_organisations(const v1::Sender& sender, WallMs now, std::int64_t former_ms) {
    std::vector<std::string_view> covered;
    bool recent = true;  // whether the one looked at owned it within the time: the newest one still does
    for (auto owner = sender.owners().rbegin(); owner != sender.owners().rend() && recent; ++owner) {
        const std::string_view organisation = owner->organisation();
        if (!organisation.empty() && std::ranges::find(covered, organisation) == covered.end())
            covered.push_back(organisation);
        recent = owner->since_ms() >= now.value - former_ms;  // since then the one before has not owned it
    }
    return covered;
}

}  // namespace whistlestop
