#include "services/inbox/thread/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"
#include "common/domain/names.hpp"
#include "common/wire/envelope.hpp"
#include "services/inbox/thread/home.hpp"
#include "services/inbox/thread/tables.hpp"

namespace whistlestop::thread {
namespace {

bool holds_for(const ContactThreads::Standing& standing, const std::string& organisation) {
    return standing.organisation() == organisation || standing.organisation() == everybody;
}

bool has(const google::protobuf::RepeatedPtrField<std::string>& senders, std::string_view sender) {
    return std::ranges::find(senders, sender) != senders.end();
}

}  // namespace

void Threads::begin(Context& context, std::string_view contact) {
    context_ = &context;
    contact_ = contact;
    count_ = 0;
    contact_loaded_ = contact_fresh_ = contact_dirty_ = false;
}

std::string Threads::key_of(std::string_view campaign) const {
    std::string key;
    key.reserve(contact_.size() + 1 + campaign.size());
    return key.append(contact_).append("/").append(campaign);
}

Threads::Loaded& Threads::spare() {
    if (count_ == loaded_.size()) loaded_.push_back(std::make_unique<Loaded>());
    Loaded& loaded = *loaded_[count_];
    loaded.fresh = loaded.dirty = loaded.changed = false;
    return loaded;
}

Thread* Threads::find(std::string_view campaign) {
    for (std::size_t i = 0; i < count_; ++i)
        if (loaded_[i]->row.campaign() == campaign) return &loaded_[i]->row;
    const auto bytes = context_->get(thread_table, key_of(campaign));
    if (!bytes) return nullptr;
    Thread& row = spare().row;
    check(row.ParseFromArray(bytes->data(), static_cast<int>(bytes->size())));
    ++count_;
    return &row;
}

Thread& Threads::open(std::string_view organisation, std::string_view campaign) {
    if (Thread* thread = find(campaign); thread != nullptr) return *thread;
    Loaded& made = spare();
    ++count_;
    made.fresh = true;
    made.row.Clear();
    made.row.set_organisation(std::string{organisation});
    made.row.set_campaign(std::string{campaign});
    made.row.set_contact(contact_);
    auto& entry = *contact_row().add_threads();
    entry.set_organisation(made.row.organisation());
    entry.set_campaign(made.row.campaign());
    contact_dirty_ = true;
    mirror(made.row);
    changed(made.row);
    return made.row;
}

std::vector<Thread*> Threads::of_sender(std::string_view sender) {
    std::vector<Thread*> threads;
    for (const auto& entry : contact_row().threads())
        if (has(entry.senders(), sender)) threads.push_back(find(entry.campaign()));
    return threads;
}

Threads::Loaded& Threads::loaded(const Thread& thread) {
    const auto found = std::ranges::find_if(loaded_, [&](const auto& one) { return &one->row == &thread; });
    check(found != loaded_.end());
    return **found;
}

ContactThreads& Threads::contact_row() {
    if (contact_loaded_) return contact_row_;
    auto row = contact_rows.get(*context_, contact_);
    contact_loaded_ = true;
    contact_fresh_ = !row;
    contact_row_ = row ? std::move(*row) : ContactThreads{};
    return contact_row_;
}

ContactThreads::Thread& Threads::listed(const Thread& thread) {
    auto& threads = *contact_row().mutable_threads();
    const auto found = std::ranges::find(threads, thread.campaign(), &ContactThreads::Thread::campaign);
    check(found != threads.end());
    return *found;
}

void Threads::note_sender(Thread& thread, const std::string& sender) {
    if (sender.empty() || has(thread.senders(), sender)) return;
    for (Thread* other : of_sender(sender)) {
        thread.set_shared(true);
        if (other->shared()) continue;
        other->set_shared(true);
        loaded(*other).dirty = true;
    }
    thread.add_senders(sender);
    loaded(thread).dirty = true;
    listed(thread).add_senders(sender);
    contact_dirty_ = true;
}

void Threads::changed(Thread& thread) {
    Loaded& entry = loaded(thread);
    entry.dirty = true;
    entry.changed = true;
}

void Threads::stand(const ContactThreads::Standing& standing) {
    auto& standings = *contact_row().mutable_standings();
    const auto known = std::ranges::find(standings, standing.organisation(), &ContactThreads::Standing::organisation);
    if (known != standings.end()) standings.erase(known);
    if (standing.opted_out() || standing.held()) *standings.Add() = standing;
    contact_dirty_ = true;
    for (const auto& entry : contact_row().threads())
        if (holds_for(standing, entry.organisation())) mirror(*find(entry.campaign()));
}

void Threads::mirror(Thread& thread) {
    bool opted_out = false;
    bool held = false;
    for (const auto& standing : contact_row().standings()) {
        if (!holds_for(standing, thread.organisation())) continue;
        opted_out |= standing.opted_out();
        held |= standing.held();
    }
    if (thread.opted_out() == opted_out && thread.held() == held) return;
    thread.set_opted_out(opted_out);
    thread.set_held(held);
    changed(thread);
}

bool Threads::apply_archived(Thread& thread, std::string_view id, const v1::OutboundEvent& event) {
    for (std::uint32_t number = thread.archives(); number > 0; --number) {
        const std::string key = fmt::format("{}/{:06}", key_of(thread.campaign()), number - 1);
        auto row = archive_rows.get(*context_, key);
        check(row.has_value());
        for (Text& text : *row->mutable_texts()) {
            if (text.id() != id) continue;
            if (!apply(text, event).visible) return true;
            archive_rows.put(*context_, key, *row);
            remember_archived(thread, text);
            changed(thread);
            return true;
        }
    }
    return false;
}

void Threads::archive(Thread& thread) {
    std::vector<Text> old = take_old(thread);
    if (old.empty()) return;
    state::v1::ArchiveRow row;
    for (Text& text : old) *row.add_texts() = std::move(text);
    archive_rows.insert(*context_, fmt::format("{}/{:06}", key_of(thread.campaign()), thread.archives()), row);
    thread.set_archives(thread.archives() + 1);
}

void Threads::save(Cause& cause) {
    for (std::size_t i = 0; i < count_; ++i)
        if (loaded_[i]->dirty) save(cause, *loaded_[i]);
    if (!contact_dirty_) return;
    if (contact_fresh_)
        contact_rows.insert(*context_, contact_, contact_row_);
    else
        contact_rows.put(*context_, contact_, contact_row_);
}

void Threads::save(Cause& cause, Loaded& loaded) {
    Thread& thread = loaded.row;
    archive(thread);
    if (loaded.changed) thread.set_version(thread.version() + 1);
    check(thread.SerializeToString(&bytes_));
    if (loaded.fresh)
        context_->insert(thread_table, key_of(thread.campaign()), bytes_);
    else
        context_->put(thread_table, key_of(thread.campaign()), bytes_);
    if (!loaded.changed) return;
    summarise(thread, summary_);
    check(summary_.SerializeToString(&bytes_));
    const Headers headers = envelope_headers(cause.next_id(), "inbox.thread", context_->now().wall, "");
    const std::string key = std::string{thread.campaign()}.append("/").append(contact_);
    context_->emit_latest({Topic::inbox_threads, thread.campaign(), key, bytes_, headers.encoded()});
}

}  // namespace whistlestop::thread
