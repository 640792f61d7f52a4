#pragma once
// IoThread: one thread that waits for sockets and timers, and runs what others post to it.
//
// Servers and clients live on an IoThread and must be destroyed before it. Nothing that runs here may block: every
// connection of the thread waits meanwhile. An exception that escapes from a job ends the process.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace whistlestop::http {

class IoThread {
public:
    explicit IoThread(const std::string& name = "io");  // what debuggers and `top -H` show; 15 characters
    ~IoThread();
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    // Both from any thread. Jobs of one thread run in the order in which it posted them.
    void post(std::move_only_function<void()> job);
    void after(std::chrono::milliseconds delay, std::move_only_function<void()> job);

    [[nodiscard]] bool is_current() const;

    // Waits for the job that runs; what has not begun is dropped. Not from the thread itself. Again: does nothing.
    void stop();

    // For the sources of this folder: io_thread_impl.hpp.
    struct Impl;
    [[nodiscard]] const std::shared_ptr<Impl>& impl() const { return impl_; }

private:
    std::shared_ptr<Impl> impl_;  // shared with whoever may still post after the thread has ended
};

}  // namespace whistlestop::http
