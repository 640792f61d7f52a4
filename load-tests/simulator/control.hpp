#pragma once
// What a test asks of the simulator itself, below /_sim/. README.md describes each.

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/carrier/carrier.hpp"

namespace simulator {

class Control {
public:
    Control(carrier::Carrier& carrier, const Timers& timers, std::function<void()> stop)
        : carrier_{carrier}, timers_{timers}, stop_{std::move(stop)} {}

    void handle(const http::Request& request, http::Reply reply);

    [[nodiscard]] boost::json::object stats() const;

private:
    [[nodiscard]] std::string post(std::string_view command, std::string_view body);
    [[nodiscard]] std::string say(const boost::json::object& command);
    [[nodiscard]] std::string change_faults(const boost::json::value& command);
    [[nodiscard]] std::string move_webhooks(const boost::json::object& command);

    carrier::Carrier& carrier_;
    const Timers& timers_;
    std::function<void()> stop_;
};

}  // namespace simulator
