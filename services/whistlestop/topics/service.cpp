#include "services/whistlestop/topics/service.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <utility>

#include "common/http/io_thread.hpp"
#include "common/http/unix_server.hpp"
#include "services/whistlestop/topics/reader.hpp"
#include "services/whistlestop/topics/writer.hpp"

namespace whistlestop::topics {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds paused_wait{5};  // for a reader to take what was written
constexpr milliseconds idle_wait{1};    // for the log, when stopping
constexpr http::UnixServerLimits limits{};

void answer_error(http::LineSink& sink, std::string_view detail) {
    sink.write("error: " + std::string{detail});
    sink.answered();
}

}  // namespace

// Jobs hold it by its address: they run on its own thread, which ends before it does.
struct Service::Inside {
    Inside(Log& log, const Clock& clock)
        : writer{log, clock, [this](std::move_only_function<void()> job) { io.post(std::move(job)); }}, reader{log} {}

    void on_line(std::string_view line, std::shared_ptr<http::LineSink> sink) {
        const std::string_view verb = take_word(line);
        if (stopping) return answer_error(*sink, "about to stop");
        if (verb == "produce") {
            const std::string_view topic = take_word(line);
            return writer.write(topic, line, std::move(sink));
        }
        if (verb == "consume") return consume(line, std::move(sink));
        answer_error(*sink, "want produce or consume");
    }

    void consume(std::string_view line, std::shared_ptr<http::LineSink> sink) {
        const auto request = parse_read_request(line);
        if (!request) return answer_error(*sink, request.error().detail);
        reader.add(*request, std::move(sink));
        followed = true;  // before pump(): what is published from here on is told, what was before is read now
        pump();
    }

    // From the log's thread.
    void on_published() {
        if (followed && !pump_posted.exchange(true)) post_pump();
    }

    void post_pump() {
        io.post([this] {
            pump_posted = false;
            pump();
        });
    }

    void pump() {
        const bool more = reader.pump();
        followed = reader.has_followers();
        if (more && !pump_posted.exchange(true)) return post_pump();
        if (reader.paused() && !pause_running) wait_for_readers();
    }

    void wait_for_readers() {
        pause_running = true;
        io.after(paused_wait, [this] {
            pause_running = false;
            pump();
        });
    }

    void tell_when_idle(std::promise<void> idle) {
        stopping = true;
        if (writer.idle()) return idle.set_value();
        io.after(idle_wait, [this, promise = std::move(idle)]() mutable { tell_when_idle(std::move(promise)); });
    }

    Writer writer;
    Reader reader;
    bool stopping = false;
    bool pause_running = false;
    std::atomic<bool> followed = false;
    std::atomic<bool> pump_posted = false;
    http::IoThread io{"topics"};               // behind what its jobs use, so that it ends before
    std::unique_ptr<http::UnixServer> server;  // lives on it
};

Result<std::unique_ptr<Service>> Service::listen(Log& log, const Clock& clock, const std::string& path) {
    auto inside = std::make_shared<Inside>(log, clock);
    auto server = http::UnixServer::listen(
        inside->io, path, limits,
        [inside = inside.get()](const std::string& line, std::shared_ptr<http::LineSink> sink) {
            inside->on_line(line, std::move(sink));
        });
    if (!server) return std::unexpected{std::move(server.error())};
    inside->server = std::move(*server);
    log.listen([weak = std::weak_ptr{inside}] {
        if (const auto alive = weak.lock()) alive->on_published();
    });
    return std::unique_ptr<Service>{new Service{std::move(inside)}};
}

Service::Service(std::shared_ptr<Inside> inside) : inside_{std::move(inside)} {}

Service::~Service() {
    stop();
    inside_->server.reset();
    inside_->io.stop();
}

void Service::stop() {
    std::promise<void> idle;
    auto reached = idle.get_future();
    inside_->io.post(
        [inside = inside_.get(), promise = std::move(idle)]() mutable { inside->tell_when_idle(std::move(promise)); });
    reached.wait();
}

}  // namespace whistlestop::topics
