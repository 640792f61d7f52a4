#include "services/dispatch/gate/consent_view.hpp"

#include "whistlestop/v1/consent.pb.h"
#include <algorithm>

#include "common/domain/names.hpp"

namespace whistlestop::dispatch {
namespace {

ConsentView::Answer answer_of(const v1::Standing& standing) {
    auto answer = ConsentView::Answer::allowed;
    for (const v1::ConsentEntry& entry : standing.entries()) {
        const bool block = entry.kind() == v1::ConsentEntry::KIND_BLOCK;
        answer = std::max(answer, block ? ConsentView::Answer::blocked : ConsentView::Answer::opted_out);
    }
    return answer;
}

}  // namespace

void ConsentView::load(std::string_view key, std::string_view value) {
    v1::ConsentRecord record;
    if (!record.ParseFromArray(value.data(), static_cast<int>(value.size())) || !record.has_standing()) return;
    const Answer answer = answer_of(record.standing());
    if (answer == Answer::allowed) {
        standing_.erase(std::string{key});
    } else {
        standing_[std::string{key}] = answer;
    }
}

View::Applied ConsentView::apply(const Record& record, const Moment&) {
    v1::ConsentRecord read;
    if (!read.ParseFromArray(record.value.data(), static_cast<int>(record.value.size()))) return Applied::unreadable;
    if (read.has_echo()) {
        freshness_.note_echo(record.at.partition, read.echo());
        return Applied::pass;
    }
    load(record.key, record.value);
    return read.has_standing() ? Applied::keep : Applied::pass;
}

ConsentView::Answer ConsentView::ask(std::string_view organisation, std::string_view contact) const {
    if (standing_.empty()) return Answer::allowed;
    return std::max(find(organisation, contact), find(everybody, contact));
}

ConsentView::Answer ConsentView::find(std::string_view organisation, std::string_view contact) const {
    std::string key;
    key.reserve(organisation.size() + 1 + contact.size());
    key.append(organisation).append("/").append(contact);
    const auto found = standing_.find(key);
    return found == standing_.end() ? Answer::allowed : found->second;
}

}  // namespace whistlestop::dispatch
