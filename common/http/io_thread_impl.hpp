#pragma once
// IoThread's inside, and the Asio types of this folder. For sources of common/http only.
//
// Sockets and timers name the executor's concrete type: the type-erased default costs a tenth of the throughput.

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <tuple>
#include <utility>

#include "common/base/check.hpp"
#include "common/http/io_thread.hpp"

namespace whistlestop::http {

namespace asio = boost::asio;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using TcpAcceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// An operation in the context must not own the context, or neither ever ends: servers and clients hold a reference, and
// only what may outlive the io thread (an answer on another thread) holds shared_from_this().
struct IoThread::Impl : std::enable_shared_from_this<IoThread::Impl> {
    asio::io_context context{1};
    asio::executor_work_guard<Executor> work = asio::make_work_guard(context);
    std::thread thread;

    [[nodiscard]] bool is_current() const { return thread.get_id() == std::this_thread::get_id(); }
};

// Where nothing can be done about a failure.
template <class Socket>
void close_quietly(Socket& socket) {
    error_code ignored;
    std::ignore = socket.close(ignored);
}

// Runs `job` on the thread and waits until it has run.
template <class Job>
void run_and_wait(IoThread::Impl& io, Job job) {
    check(!io.is_current() && io.thread.joinable());
    std::promise<void> done;
    asio::post(io.context, [&] {
        job();
        done.set_value();
    });
    done.get_future().wait();
}

}  // namespace whistlestop::http
