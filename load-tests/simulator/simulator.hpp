#pragma once
// The whole: a carrier on a port, the people it reaches, the record of both.

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "load-tests/simulator/base/network.hpp"
#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/carrier/carrier.hpp"
#include "load-tests/simulator/config.hpp"
#include "load-tests/simulator/control.hpp"
#include "load-tests/simulator/http/poster.hpp"
#include "load-tests/simulator/http/server.hpp"
#include "load-tests/simulator/phones/crowd.hpp"
#include "load-tests/simulator/record.hpp"

namespace simulator {

class Simulator {
public:
    // Listens when this returns. Throws BadConfig or std::system_error.
    explicit Simulator(const Config& config);

    // Until SIGTERM, SIGINT, POST /_sim/stop or the end of the configured duration.
    void run();

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }

private:
    void dispatch(const http::Request& request, http::Reply reply);
    void keep_house();
    void end_after(Steady::duration delay);

    std::int64_t late_before_ = late_segments();
    boost::asio::io_context io_{1};
    Timers timers_{io_};
    Record record_;
    http::Poster poster_;
    phones::Crowd crowd_;
    carrier::Carrier carrier_;
    Control control_;
    http::Server server_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer house_;
    boost::asio::steady_timer duration_;
};

}  // namespace simulator
