#include "common/http/io_thread.hpp"

#include "common/base/thread_name.hpp"
#include "common/http/io_thread_impl.hpp"

namespace whistlestop::http {
namespace {

void run(asio::io_context& context, const std::string& name) {
    name_this_thread(name);
    try {
        context.run();
    } catch (...) {
        check(false);  // a job let an exception escape
    }
}

}  // namespace

IoThread::IoThread(const std::string& name) : impl_{std::make_shared<Impl>()} {
    impl_->thread = std::thread{[io = impl_.get(), name] { run(io->context, name); }};
}

IoThread::~IoThread() { stop(); }

void IoThread::post(std::move_only_function<void()> job) { asio::post(impl_->context, std::move(job)); }

void IoThread::after(std::chrono::milliseconds delay, std::move_only_function<void()> job) {
    post([io = impl_.get(), delay, job = std::move(job)]() mutable {
        auto timer = std::make_unique<Timer>(io->context, delay);
        Timer& waiting = *timer;
        waiting.async_wait([timer = std::move(timer), job = std::move(job)](error_code error) mutable {
            if (!error) job();
        });
    });
}

bool IoThread::is_current() const { return impl_->is_current(); }

void IoThread::stop() {
    check(!is_current());
    impl_->context.stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace whistlestop::http
