#include "common/runtime/worker.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "common/base/check.hpp"
#include "common/fault/fault.hpp"

namespace whistlestop {
namespace {

constexpr std::int64_t longest_wait_ms = 50;
constexpr std::size_t records_per_turn_max = 16;

}  // namespace

Worker::Worker(WorkerParts parts, const std::vector<BroadcastSpec>& broadcasts, std::vector<StageSpec> stages,
               WorkerOptions options)
    : parts_{std::move(parts)},
      options_{options},
      shared_{parts_.log, parts_.state, cycle_},
      stages_{std::move(stages)} {
    for (const BroadcastSpec& spec : broadcasts) broadcasts_.emplace_back(spec, shared_);
    for (const StageSpec& stage : stages_)
        for (std::uint16_t partition = 0; partition < stage.partitions; ++partition)
            tasks_.push_back(std::make_unique<Task>(stage, partition, shared_));
    parts_.log.listen([this] { wake(); });
}

void Worker::open() {
    last_freeze_ = moment().boot;
    newest_durable_ = parts_.store.anchor();
    checkpoint_begun_ms_ = last_freeze_.value;
    for (Broadcast& broadcast : broadcasts_) broadcast.open();
}

Moment Worker::moment() {
    last_moment_ = {parts_.clock.wall(), parts_.clock.boot()};
    return last_moment_;
}

bool Worker::run_once() {
    const Moment now = moment();
    beat_ms_.store(now.boot.value, std::memory_order_relaxed);
    cycle_.begin(now);
    bool worked = read_broadcasts();  // first, so that the gates below see what is known
    worked |= take_durable();
    if (in_flight_.size() >= options_.commits_in_flight_max) return worked;
    worked |= work();
    submit();
    maybe_freeze();
    return worked;
}

bool Worker::take_durable() {
    std::vector<std::pair<std::uint64_t, Anchor>> durable;
    bool written = false;
    {
        const std::scoped_lock lock{mutex_};
        durable.swap(durable_);
        written = std::exchange(written_, false);
    }
    for (const auto& [number, anchor] : durable) {
        check(!in_flight_.empty() && in_flight_.front().number == number);
        fault::point(fault::worker_after_durable);
        Cycle::Effects effects = std::move(in_flight_.front().effects);
        in_flight_.pop_front();
        for (auto& [task, effect] : effects) start(*task, std::move(effect));
        if (frozen_ && !writing_ && frozen_->cycle <= number) write_frozen(anchor);
        newest_durable_ = anchor;
    }
    if (written) {
        frozen_.reset();
        writing_ = false;
        parts_.background([rows = parts_.state.thaw()] {});
    }
    return !durable.empty() || written;
}

void Worker::start(Task& task, Effect effect) {
    fault::point(fault::effect_before_gate);
    ++effects_open_;
    const auto finish = [this, &task](EffectResult result) {
        {
            const std::scoped_lock lock{mutex_};
            results_.emplace_back(&task, std::move(result));
        }
        wake();
    };
    if (!task.may_start(effect, moment())) {
        finish({std::move(effect.id), false, {}});
        return;
    }
    fault::point(fault::effect_before_call);
    std::string id = effect.id;
    task.port()->start(std::move(effect),
                       [finish, id = std::move(id)](std::any outcome) { finish({id, true, std::move(outcome)}); });
}

bool Worker::finish_effects() {
    std::vector<std::pair<Task*, EffectResult>> results;
    {
        const std::scoped_lock lock{mutex_};
        results.swap(results_);
    }
    for (auto& [task, result] : results) {
        fault::point(fault::effect_answered);
        --effects_open_;
        task->finish(std::move(result));
    }
    return !results.empty();
}

bool Worker::read_broadcasts() {
    std::size_t read = 0;
    for (Broadcast& broadcast : broadcasts_) read += broadcast.read(options_.records_per_cycle_max);
    return read > 0;
}

bool Worker::work() {
    std::size_t read = 0;
    if (!opened_) {
        if (std::ranges::all_of(broadcasts_, &Broadcast::caught_up)) {
            open_tasks();
            ++read;
        }
    } else if (!shared_.draining || effects_open_ > 0) {  // else the log keeps what comes for whoever starts next
        if (finish_effects()) ++read;
        for (const auto& task : tasks_) task->fire_timers();
        std::size_t left = options_.records_per_cycle_max;
        for (const Priority priority : {Priority::said, Priority::command, Priority::event}) {
            const std::size_t done = read_tasks(priority, left);
            read += done;
            left -= done;
        }
        read += read_tasks(Priority::bulk, options_.bulk_records_per_cycle_max);
        for (std::size_t i = 0; i < tasks_.size(); ++i) tasks_[(first_task_ + i) % tasks_.size()]->end_cycle();
        first_task_ = (first_task_ + 1) % tasks_.size();
    }
    for (Broadcast& broadcast : broadcasts_) broadcast.end_cycle();
    return read > 0 || parts_.state.changed() || !cycle_.empty();
}

// In turns, so that the backlog of one task keeps no other waiting.
std::size_t Worker::read_tasks(Priority priority, std::size_t records_max) {
    if (shared_.draining && priority == Priority::bulk) return 0;
    std::size_t done = 0;
    std::size_t before = 0;
    do {
        before = done;
        for (std::size_t i = 0; i < tasks_.size() && done < records_max; ++i) {
            Task& task = *tasks_[(first_task_ + i) % tasks_.size()];
            done += task.read(priority, std::min(records_per_turn_max, records_max - done));
        }
    } while (done > before);
    return done;
}

void Worker::open_tasks() {
    for (const auto& task : tasks_) task->open();
    opened_ = true;
}

void Worker::submit() {
    if (!parts_.state.changed() && cycle_.empty()) return;
    Commit commit = cycle_.take_commit();
    parts_.state.take_changes(commit);
    rows_committed_.fetch_add(commit.row_count(), std::memory_order_relaxed);
    const std::uint64_t number = ++submitted_;
    in_flight_.push_back({number, cycle_.take_effects()});
    fault::point(fault::worker_before_submit);
    parts_.log.submit(std::move(commit), [this, number](const Receipt& receipt) {
        {
            const std::scoped_lock lock{mutex_};
            durable_.emplace_back(number, receipt.anchor);
        }
        wake();
    });
}

void Worker::maybe_freeze() {
    const bool due =
        last_moment_.boot - last_freeze_ >= options_.checkpoint_ms || parts_.state.bytes() >= options_.checkpoint_bytes;
    if (!due || frozen_ || parts_.state.bytes() == 0) return;
    last_freeze_ = last_moment_.boot;
    TrimPoint trim{std::vector<std::uint64_t>(partition_count(), std::numeric_limits<std::uint64_t>::max())};
    for (const auto& task : tasks_) task->add_positions(trim.lowest);
    for (const Broadcast& broadcast : broadcasts_) broadcast.add_positions(trim.lowest);
    frozen_.emplace(Frozen{parts_.state.freeze(), submitted_, std::move(trim), last_freeze_});
    if (in_flight_.empty()) write_frozen(newest_durable_);
}

void Worker::write_frozen(const Anchor& anchor) {
    writing_ = true;
    parts_.background([this, anchor, frozen = *frozen_] {
        fault::point(fault::checkpoint_before_write);
        const BootMs before = parts_.clock.boot();
        parts_.store.write(rows_to_write(*frozen.overlay), anchor);
        checkpoint_took_ms_ = parts_.clock.boot() - before;
        checkpoint_begun_ms_ = frozen.begun.value;
        fault::point(fault::checkpoint_after_write);
        parts_.checkpointed(frozen.trim);
        {
            const std::scoped_lock lock{mutex_};
            written_ = true;
        }
        wake();
    });
}

std::vector<Lag> Worker::lags() const {
    std::vector<Lag> lags;
    for (const auto& task : tasks_)
        for (std::size_t i = 0; i < task->inputs().size(); ++i) {
            const Topic topic = task->inputs()[i].topic;
            auto lag = std::ranges::find_if(
                lags, [&](const Lag& known) { return known.stage == task->stage_name() && known.topic == topic; });
            if (lag == lags.end()) lag = lags.insert(lags.end(), {task->stage_name(), topic, 0});
            lag->records += task->lag(i);
        }
    return lags;
}

std::int64_t Worker::checkpoint_age_ms() const {
    return parts_.clock.boot().value - checkpoint_begun_ms_.load(std::memory_order_relaxed);
}

void Worker::checkpoint_all() {
    check(idle());
    if (parts_.state.bytes() == 0) return;
    const auto overlay = parts_.state.freeze();
    parts_.store.write(rows_to_write(*overlay), parts_.store.anchor());
    parts_.state.thaw();
    parts_.store.flush();
}

void Worker::run(const std::stop_token& stop) {
    const std::stop_callback nudge{stop, [this] { wake(); }};
    for (;;) {
        if (stop.stop_requested()) drain();
        const bool worked = run_once();
        if (shared_.draining && !worked && idle()) return;
        if (!worked) wait();
    }
}

bool Worker::idle() const { return in_flight_.empty() && effects_open_ == 0 && !frozen_; }

void Worker::wake() {
    {
        const std::scoped_lock lock{mutex_};
        if (wake_) return;
        wake_ = true;
    }
    woken_.notify_one();
}

bool Worker::has_work() const {
    return std::ranges::any_of(broadcasts_, &Broadcast::has_input) ||
           (opened_ && std::ranges::any_of(tasks_, [](const auto& task) { return task->has_input(); }));
}

std::int64_t Worker::wait_ms() const {
    std::int64_t wait = longest_wait_ms;
    for (const auto& task : tasks_) {
        if (const auto timer = task->next_timer()) wait = std::min(wait, *timer - last_moment_.wall);
        if (const auto when = task->next_wake()) wait = std::min(wait, *when - last_moment_.boot);
    }
    return std::max<std::int64_t>(wait, 1);
}

void Worker::wait() {
    const bool full = in_flight_.size() >= options_.commits_in_flight_max;
    if (!full && !shared_.draining && has_work()) return;
    std::unique_lock lock{mutex_};
    woken_.wait_for(lock, std::chrono::milliseconds{wait_ms()}, [this] { return wake_; });
    wake_ = false;
}

}  // namespace whistlestop
