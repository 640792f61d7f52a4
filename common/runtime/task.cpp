#include "common/runtime/task.hpp"

#include <algorithm>

#include "common/runtime/keys.hpp"

namespace whistlestop {
namespace {

std::string timer_key(const Timer& timer) {
    std::string key;
    put_big(key, static_cast<std::uint64_t>(timer.due.value));
    return key + timer.id;
}

}  // namespace

Task::Task(const StageSpec& stage, std::uint16_t partition, Shared& shared)
    : stage_{stage}, partition_{partition}, shared_{shared}, processor_{stage.make(partition)} {
    for (const Input& input : stage.inputs) positions_.emplace_back(input, TopicPartition{input.topic, partition});
}

void Task::open() {
    load_positions();
    for (const Position& position : positions_) shared_.log.follow(position.from, position.next);
    load_timers();
    processor_->on_open(*this);
    touched_ = true;
}

void Task::load_positions() {
    const auto row = get(positions_table, {});
    if (!row) return;
    std::string_view bytes = *row;
    while (!bytes.empty()) {
        const auto topic = static_cast<Topic>(take_little<std::uint16_t>(bytes));
        const auto next = take_little<std::uint64_t>(bytes);
        for (Position& position : positions_)
            if (position.input.topic == topic) position.next.store(next, std::memory_order_relaxed);
    }
}

void Task::save_positions() {
    std::string row;
    for (const Position& position : positions_) {
        put_little(row, static_cast<std::uint16_t>(position.input.topic));
        put_little(row, position.next.load());
        shared_.cycle.consumed(position.from, position.next.load());
    }
    put(positions_table, {}, row);
}

void Task::load_timers() {
    scan(timers_table, {}, [this](std::string_view key, std::string_view) {
        const auto due = static_cast<std::int64_t>(take_big<std::uint64_t>(key));
        timers_.emplace(due, key);
        return true;
    });
}

std::size_t Task::read(Priority priority, std::size_t records_max) {
    std::size_t done = 0;
    for (Position& position : positions_)
        if (position.input.priority == priority && done < records_max) done += read(position, records_max - done);
    return done;
}

std::size_t Task::read(Position& position, std::size_t records_max) {
    if (shared_.log.end(position.from) <= position.next) return 0;
    batch_.clear();
    const std::uint64_t next = shared_.log.read(position.from, position.next, records_max, batch_);
    position.next.store(next, std::memory_order_relaxed);
    for (const Record& record : batch_.records) processor_->on_record(*this, record);
    if (batch_.records.empty()) return 1;  // past a gap, which is worth no commit
    moved_ = true;
    touched_ = true;
    return batch_.records.size();
}

bool Task::has_input() const {
    return std::ranges::any_of(
        positions_, [this](const Position& position) { return shared_.log.end(position.from) > position.next; });
}

void Task::fire_timers() {
    for (std::size_t fired = 0; fired < timers_per_cycle_max && next_timer() && *next_timer() <= now().wall; ++fired) {
        const Timer timer{WallMs{timers_.begin()->first}, timers_.begin()->second};
        disarm(timer);
        processor_->on_timer(*this, timer);
        touched_ = true;
    }
}

void Task::finish(EffectResult result) {
    processor_->on_effect(*this, std::move(result));
    touched_ = true;
}

void Task::end_cycle() {
    const bool woken = wake_ && *wake_ <= now().boot;
    if (woken) wake_.reset();
    if (touched_ || woken) processor_->on_cycle(*this);
    touched_ = false;
    if (moved_) save_positions();
    moved_ = false;
}

std::optional<WallMs> Task::next_timer() const {
    if (timers_.empty()) return std::nullopt;
    return WallMs{timers_.begin()->first};
}

void Task::add_positions(std::vector<std::uint64_t>& lowest) const {
    for (const Position& position : positions_) {
        std::uint64_t& low = lowest[index_of(position.from)];
        low = std::min(low, position.next.load());
    }
}

std::uint64_t Task::lag(std::size_t input) const {
    const Position& position = positions_[input];
    const std::uint64_t next =
        std::max(position.next.load(std::memory_order_relaxed), shared_.log.begin(position.from));
    return std::max(shared_.log.end(position.from), next) - next;
}

std::string_view Task::key_of(TableId table, std::string_view key) {
    key_.clear();
    put_big(key_, stage_.number);
    put_big(key_, partition_);
    put_big(key_, table.value);
    key_ += key;
    return key_;
}

std::optional<std::string_view> Task::get(TableId table, std::string_view key) {
    return shared_.state.get(key_of(table, key));
}

void Task::put(TableId table, std::string_view key, std::string_view value) {
    shared_.state.put(key_of(table, key), value);
}

void Task::insert(TableId table, std::string_view key, std::string_view value) {
    shared_.state.insert(key_of(table, key), value);
}

void Task::erase(TableId table, std::string_view key) { shared_.state.erase(key_of(table, key)); }

void Task::scan(TableId table, std::string_view from, const Visitor& visit) {
    const std::string prefix = table_prefix(stage_.number, partition_, table);
    shared_.state.scan(prefix + std::string{from}, behind(prefix), [&](std::string_view key, std::string_view value) {
        return visit(key.substr(prefix_bytes), value);
    });
}

void Task::dead_letter(const Record& record, std::string_view reason) { shared_.cycle.dead_letter(record, reason); }

void Task::arm(const Timer& timer) {
    if (timers_.emplace(timer.due.value, timer.id).second) put(timers_table, timer_key(timer), {});
}

void Task::disarm(const Timer& timer) {
    if (timers_.erase({timer.due.value, timer.id}) == 1) erase(timers_table, timer_key(timer));
}

void Task::wake_at(BootMs when) {
    if (!wake_ || when < *wake_) wake_ = when;
}

}  // namespace whistlestop
