#include "services/dispatch/lane/lane.hpp"

#include "whistlestop/v1/outbound.pb.h"
#include <algorithm>
#include <set>
#include <utility>

#include "common/base/hash.hpp"

namespace whistlestop::dispatch {
namespace {

using state::v1::LaneRow;
constexpr TableId lane_table{first_free_table};
constexpr Rows<LaneRow> rows{lane_table};

constexpr std::int64_t look_again_ms = 5;
// What expires or is stopped all at once goes back over many cycles: none is so long that replies wait behind it.
constexpr std::size_t given_back_max = 200;

Waiting waiting_of(const v1::LaneText& text) {
    return {.id = text.text_id(),
            .organisation = text.organisation(),
            .contact = text.contact(),
            .campaign = text.campaign(),
            .sender = text.sender(),
            .attempt = text.attempt(),
            .segments = text.segments(),
            .first = text.class_() == v1::TEXT_CLASS_FIRST,
            .automatic = is_automatic(text.class_()),
            .expires = WallMs{text.expires_at_ms()}};
}

std::uint16_t partition_of_contact(std::string_view contact) { return place(Topic::inbound, contact).partition; }

void emit_attempt(Context& context, v1::Attempt attempt, std::string_view text_id, std::uint32_t number,
                  std::string_view contact) {
    attempt.set_text_id(std::string{text_id});
    attempt.set_attempt(number);
    attempt.set_contact(std::string{contact});
    attempt.set_at_ms(context.now().wall.value);
    context.emit({Topic::outbound_attempts, contact, contact, attempt.SerializeAsString()});
}

v1::Attempt not_sent(v1::Attempt::NotSent::Reason reason) {
    v1::Attempt attempt;
    attempt.mutable_not_sent()->set_reason(reason);
    return attempt;
}

// A call that another process began has no moment here.
std::int64_t started_ms(const SendOutcome& outcome, const Moment& now) {
    return outcome.first_byte == BootMs{} ? 0 : now.wall.value - (now.boot - outcome.first_byte);
}

v1::Attempt::NotSent::Reason reason_of(GateAnswer answer) {
    switch (answer) {
        case GateAnswer::opted_out: return v1::Attempt::NotSent::REASON_OPTED_OUT;
        case GateAnswer::expired: return v1::Attempt::NotSent::REASON_EXPIRED;
        case GateAnswer::no_sender: return v1::Attempt::NotSent::REASON_SENDER;
        case GateAnswer::go:
        case GateAnswer::wait: break;
    }
    check(false);
    return v1::Attempt::NotSent::REASON_UNSPECIFIED;
}

// How many lanes of the process have an account.
std::size_t lanes_of(const Accounts& accounts) {
    std::set<std::uint16_t> lanes;
    for (const auto& [id, account] : accounts) lanes.insert(place(Topic::outbound_lanes, account.lane_group).partition);
    return std::max<std::size_t>(1, lanes.size());
}

LaneRow row_of(const v1::LaneText& text, std::uint64_t sequence) {
    LaneRow row;
    *row.mutable_text() = text;
    row.set_sequence(sequence);
    return row;
}

}  // namespace

void Lane::on_open(Context& context) {
    const BootMs opened = context.now().boot;
    limits_ = Limits{opened};
    lanes_ = lanes_of(parts_.accounts);
    std::vector<std::pair<std::uint64_t, Waiting>> queued;  // without the texts, which may be millions
    context.scan(lane_table, {}, [&](std::string_view, std::string_view value) {
        LaneRow row = rows.parse(value);
        sequence_ = std::max(sequence_, row.sequence());
        if (row.intent()) {
            find(row, opened);
        } else {
            queued.emplace_back(row.sequence(), waiting_of(row.text()));
        }
        return true;
    });
    std::ranges::sort(queued, {}, [](const auto& place) { return place.first; });
    for (auto& [sequence, waiting] : queued) schedule_.add(std::move(waiting));
}

// Another process intended it. Its clock says nothing here: all counts from this opening.
void Lane::find(const LaneRow& row, BootMs opened) {
    const auto account = parts_.accounts.find(row.account());
    const v1::LaneText& text = row.text();
    Open open{text,
              {text.sender(), sender_limit(text.sender()),
               account == parts_.accounts.end() ? nullptr : &account->second, text.segments()},
              row.sequence(),
              opened + first_byte_within_ms,
              {},
              row.cancel_asked(),
              row.account()};
    open.unknown_at = open.first_byte_by + (open.claim.account == nullptr ? 0 : open.claim.account->http_timeout_ms);
    put_open(std::move(open), opened);
}

void Lane::on_record(Context& context, const Record& record) {
    v1::LaneRecord read;
    if (!read.ParseFromArray(record.value.data(), static_cast<int>(record.value.size())))
        return context.dead_letter(record, "value: not a LaneRecord");
    if (read.has_text()) {
        take_text(std::move(*read.mutable_text()));
    } else if (read.has_cancel()) {
        take_cancel(context, read.cancel());
    }
}

void Lane::take_text(v1::LaneText text) {
    schedule_.add(waiting_of(text));
    const std::string id = text.text_id();
    arrivals_.emplace(id, std::move(text));
}

void Lane::take_cancel(Context& context, const v1::LaneCancel& cancel) {
    if (const auto open = open_.find(cancel.text_id()); open != open_.end()) {
        open->second.cancel_asked = true;  // answered when the attempt is closed
        auto row = rows.get(context, cancel.text_id());
        check(row.has_value());
        row->set_cancel_asked(true);
        rows.put(context, cancel.text_id(), *row);
        return;
    }
    schedule_.remove(cancel.text_id());
    if (arrivals_.erase(cancel.text_id()) == 0) rows.erase(context, cancel.text_id());
    emit_attempt(context, not_sent(v1::Attempt::NotSent::REASON_CANCELLED), cancel.text_id(), cancel.attempt(),
                 cancel.contact());
}

void Lane::on_cycle(Context& context) {
    close_overdue(context);
    if (!context.draining()) pick(context);
    store_arrivals(context);
    parts_.intents.waiting += schedule_.size() - std::exchange(waiting_told_, schedule_.size());
    if (schedule_.empty() && open_.empty()) return;
    context.wake_at(parts_.freshness.mark(context));
    if (!schedule_.empty()) context.wake_at(context.now().boot + look_again_ms);
}

void Lane::close_overdue(Context& context) {
    std::vector<std::string> overdue;
    for (const auto& [id, open] : open_)
        if (open.unknown_at && context.now().boot >= *open.unknown_at) overdue.push_back(id);
    for (const std::string& id : overdue) settle(context, id, {});
}

void Lane::pick(Context& context) {
    given_back_ = 0;
    Kept kept;
    pick(context, Schedule::Class::reply, kept);
    pick(context, Schedule::Class::first, kept);
}

// One text per sender and round, so that none waits for another's queue.
void Lane::pick(Context& context, Schedule::Class of, Kept& kept) {
    std::vector<std::string> senders = schedule_.senders(of);
    while (!senders.empty())
        std::erase_if(senders, [&](const auto& sender) { return !pick_one(context, sender, of, kept); });
}

// False: none of that sender can go now.
bool Lane::pick_one(Context& context, const std::string& sender, Schedule::Class of, Kept& kept) {
    const Waiting* next = schedule_.front(sender, of);
    if (next == nullptr || !may_open() || given_back_ >= given_back_max) return false;
    const Claim claim = claim_of(*next);
    const bool is_kept = kept.contains(sender) || (claim.account != nullptr && kept.contains(claim.account->id));
    GateFacts facts = facts_of(*next, context.now());
    std::optional<Room> room;
    if (claim.account != nullptr && facts.sender_usable && !is_kept) room = limits_.room(claim, context.now().boot);
    facts.room = room == Room::free;
    const GateAnswer answer = ask_gate(facts);
    if (answer == GateAnswer::wait) {
        if (facts.fresh && room == Room::sender_full) kept.insert(sender);
        if (facts.fresh && room == Room::account_full) kept.insert(claim.account->id);
        return false;
    }
    const Waiting waiting = schedule_.take_front(sender, of);
    if (answer == GateAnswer::go) {
        intend(context, waiting);
    } else {
        give_back(context, waiting, answer);
    }
    return true;
}

// However slow their carriers are, lanes leave a call to one more, if there is one more: each takes at most half of
// what the others have left.
bool Lane::may_open() const {
    const Intents& intents = parts_.intents;
    if (intents.open >= intents.open_max) return false;
    const std::size_t left = intents.open_max - (intents.open - open_.size());
    return lanes_ == 1 || open_.empty() || 2 * open_.size() < left;
}

GateFacts Lane::facts_of(const Waiting& waiting, const Moment& now) const {
    GateFacts facts;
    facts.automatic = waiting.automatic;
    facts.consent = parts_.consent.ask(waiting.organisation, waiting.contact);
    facts.sender_usable = may_keep(waiting.sender, waiting.organisation);
    facts.expires = waiting.expires;
    facts.now = now.wall;
    facts.fresh = parts_.freshness.fresh(partition_of_contact(waiting.contact),
                                         parts_.directory.sender_version(waiting.sender), now.boot);
    return facts;
}

Claim Lane::claim_of(const Waiting& waiting) const {
    return {waiting.sender, sender_limit(waiting.sender), account_of(waiting.sender), waiting.segments};
}

void Lane::intend(Context& context, const Waiting& waiting) {
    const Moment now = context.now();
    const auto arrival = arrivals_.extract(waiting.id);
    LaneRow row = arrival.empty() ? *rows.get(context, waiting.id) : row_of(arrival.mapped(), ++sequence_);
    const std::uint16_t partition = partition_of_contact(waiting.contact);
    const Claim claim = claim_of(waiting);
    Open open{row.text(),
              claim,
              row.sequence(),
              std::min(now.boot + first_byte_within_ms, parts_.freshness.known_until(partition)),
              {},
              false,
              claim.account->id};
    row.set_intent(true);
    row.set_account(open.account);
    if (arrival.empty()) {
        rows.put(context, waiting.id, row);
    } else {
        rows.insert(context, waiting.id, row);
    }
    SendCall call{open.account,
                  waiting.sender,
                  waiting.contact,
                  row.text().text(),
                  reference_of(partition, waiting.id, waiting.attempt),
                  std::max<std::int64_t>(1, (waiting.expires - now.wall) / 1000),
                  open.first_byte_by};
    put_open(std::move(open), now.boot);
    context.intend({waiting.id, std::move(call)});
}

// The buckets have held its place since the pick; everything else is asked again.
bool Lane::may_start(const Effect& effect, const Moment& now) {
    const Open& open = open_.at(effect.id);
    return now.boot < open.first_byte_by && ask_gate(facts_of(waiting_of(open.text), now)) == GateAnswer::go;
}

void Lane::give_back(Context& context, const Waiting& waiting, GateAnswer answer) {
    ++given_back_;
    if (arrivals_.erase(waiting.id) == 0) rows.erase(context, waiting.id);
    emit_attempt(context, not_sent(reason_of(answer)), waiting.id, waiting.attempt, waiting.contact);
}

void Lane::store_arrivals(Context& context) {
    for (const auto& [id, text] : arrivals_) rows.insert(context, id, row_of(text, ++sequence_));
    arrivals_.clear();
}

void Lane::on_effect(Context& context, EffectResult&& result) {
    SendOutcome outcome;
    outcome.kind = SendOutcome::Kind::not_started;
    if (result.started) outcome = std::any_cast<SendOutcome>(std::move(result.outcome));
    const Open& open = open_.at(result.id);
    const BootMs now = context.now().boot;
    if (result.started) {
        limits_.learn(open.claim, open.first_byte_by, outcome, now);
    } else {
        limits_.withdraw(open.claim, open.first_byte_by, now);
    }
    settle(context, result.id, outcome);
}

void Lane::settle(Context& context, const std::string& id, const SendOutcome& outcome) {
    using Kind = SendOutcome::Kind;
    v1::Attempt attempt;
    switch (outcome.kind) {
        case Kind::accepted: attempt.mutable_sent()->set_provider_id(outcome.provider_id); break;
        case Kind::rejected: attempt.mutable_refused()->set_code(outcome.code); break;
        case Kind::opted_out:
            attempt.mutable_refused()->set_code(outcome.code);
            attempt.mutable_refused()->set_opted_out(true);
            break;
        case Kind::unknown: attempt.mutable_unknown(); break;
        case Kind::throttled:
        case Kind::not_started: return return_to_queue(context, id);
    }
    attempt.set_started_ms(started_ms(outcome, context.now()));
    attempt.set_account(open_.at(id).account);
    close(context, id, attempt);
}

void Lane::put_open(Open open, BootMs now) {
    limits_.reserve(open.claim, open.first_byte_by, now);
    ++parts_.intents.open;
    std::string id = open.text.text_id();
    open_.emplace(std::move(id), std::move(open));
}

Lane::Open Lane::take_open(const std::string& id) {
    auto node = open_.extract(id);
    check(!node.empty());
    --parts_.intents.open;
    limits_.release(node.mapped().claim);
    return std::move(node.mapped());
}

void Lane::close(Context& context, const std::string& id, const v1::Attempt& attempt) {
    const Open open = take_open(id);
    rows.erase(context, id);
    emit_attempt(context, attempt, id, open.text.attempt(), open.text.contact());
}

// Proven not sent: a cancel that waited ends it, else the next pick decides.
void Lane::return_to_queue(Context& context, const std::string& id) {
    const Open open = take_open(id);
    if (open.cancel_asked) {
        rows.erase(context, id);
        emit_attempt(context, not_sent(v1::Attempt::NotSent::REASON_CANCELLED), id, open.text.attempt(),
                     open.text.contact());
        return;
    }
    rows.put(context, id, row_of(open.text, open.sequence));
    schedule_.add(waiting_of(open.text), Schedule::End::front);
}

// Its organisation's, and this lane's: limits hold because one lane counts. One whose account the configuration lacks
// stays here: whoever left it out will put it back.
bool Lane::may_keep(std::string_view sender, std::string_view organisation) const {
    const v1::Sender* record = parts_.directory.sender(sender);
    if (record == nullptr || owner_of(*record) != organisation) return false;
    const Account* account = account_of(sender);
    return account == nullptr || place(Topic::outbound_lanes, account->lane_group).partition == partition_;
}

// Null: the configuration has none of that name.
const Account* Lane::account_of(std::string_view sender) const {
    const v1::Sender* record = parts_.directory.sender(sender);
    if (record == nullptr) return nullptr;
    const auto account = parts_.accounts.find(record->account());
    return account == parts_.accounts.end() ? nullptr : &account->second;
}

std::uint32_t Lane::sender_limit(std::string_view sender) const {
    const v1::Sender* record = parts_.directory.sender(sender);
    return record == nullptr ? 1 : std::max(record->segments_per_second(), 1U);
}

StageSpec lane_stage(const LaneParts& parts, EffectPort& port) {
    StageSpec stage;
    stage.number = 2;
    stage.name = "dispatch.lane";
    stage.partitions = spec_of(Topic::outbound_lanes).partitions;
    stage.inputs = {{Topic::outbound_lanes, Priority::command}, {Topic::outbound_lanes_first, Priority::bulk}};
    stage.make = [parts](std::uint16_t partition) { return std::make_unique<Lane>(parts, partition); };
    stage.port = &port;
    return stage;
}

}  // namespace whistlestop::dispatch
