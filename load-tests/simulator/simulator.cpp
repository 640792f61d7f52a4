#include "load-tests/simulator/simulator.hpp"

#include <csignal>

namespace simulator {

namespace {

constexpr milliseconds house_pause{100};
constexpr milliseconds last_words{50};  // time for the answer to /_sim/stop to leave

}  // namespace

Simulator::Simulator(const Config& config)
    : record_{config.record},
      poster_{io_, config.webhooks},
      crowd_{config.seed, config.people, timers_,
             [this](const std::string& phone, const std::string& sender, const phones::Utterance& said) {
                 carrier_.hear_from({phone, sender, std::string{said.body}, said.what});
             }},
      carrier_{{poster_, timers_, record_},
               config,
               [this](const std::string& phone, const carrier::Sender& sender, std::string_view body) {
                   crowd_.got(phone, sender.number, body);
               }},
      control_{carrier_, timers_, [this] { end_after(last_words); }},
      server_{io_, config.address, config.port,
              [this](const http::Request& request, http::Reply reply) { dispatch(request, std::move(reply)); }},
      signals_{io_, SIGTERM, SIGINT},
      house_{io_},
      duration_{io_} {
    record_.line("start", wall_now(), [&](ObjectText& line) {
        line.number("seed", static_cast<std::int64_t>(config.seed)).number("port", port());
    });
    signals_.async_wait([this](const boost::system::error_code&, int) { io_.stop(); });
    const std::chrono::duration<double> duration{config.duration_seconds};
    if (duration.count() > 0) end_after(std::chrono::duration_cast<Steady::duration>(duration));
}

void Simulator::run() {
    keep_house();
    io_.run();
    record_.line("stop", wall_now(), [&](ObjectText& line) {
        line.number("timers_waiting", static_cast<std::int64_t>(timers_.waiting()))
            .number("webhooks_outstanding", static_cast<std::int64_t>(carrier_.webhooks().counts().outstanding))
            .number("late_segments", late_segments() - late_before_);
    });
    record_.flush();
}

void Simulator::dispatch(const http::Request& request, http::Reply reply) {
    if (request.target.starts_with("/_sim/")) return control_.handle(request, std::move(reply));
    carrier_.handle(request, std::move(reply));
}

void Simulator::keep_house() {
    record_.flush();
    poster_.sweep();
    house_.expires_after(house_pause);
    house_.async_wait([this](const boost::system::error_code& error) {
        if (!error) keep_house();
    });
}

void Simulator::end_after(Steady::duration delay) {
    duration_.expires_after(delay);
    duration_.async_wait([this](const boost::system::error_code& error) {
        if (!error) io_.stop();
    });
}

}  // namespace simulator
