#pragma once
// Background: a thread that runs jobs one after the other: checkpoints, and what follows them.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "common/base/thread_name.hpp"

namespace whistlestop {

class Background {
public:
    Background() : thread_{[this](const std::stop_token& stop) { run(stop); }} {}

    // From any thread. What has not begun when this is destroyed is dropped.
    void post(std::move_only_function<void()> job) {
        {
            const std::scoped_lock lock{mutex_};
            jobs_.push_back(std::move(job));
        }
        posted_.notify_one();
    }

private:
    using Job = std::move_only_function<void()>;

    void run(const std::stop_token& stop) {
        name_this_thread("background");
        while (Job job = next(stop)) job();
    }
    // Empty: it ends.
    [[nodiscard]] Job next(const std::stop_token& stop) {
        std::unique_lock lock{mutex_};
        posted_.wait(lock, stop, [this] { return !jobs_.empty(); });
        if (stop.stop_requested()) return {};
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        return job;
    }

    std::mutex mutex_;
    std::condition_variable_any posted_;
    std::deque<Job> jobs_;
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace whistlestop
