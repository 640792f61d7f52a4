#pragma once
// Service: topics by hand, on the Unix socket of a running process.
//
// A line asks, lines answer; errors are lines that begin with "error: ".
//   produce <topic> <CloudEvent>    answered with "partition:offset" once it is durable, in the order of the lines
//   consume <topic> [from=begin|end|<offset>] [partition=<n>] [count=<n>] [until=now]    answered with CloudEvents
// Everything runs on a thread of its own, so that who reads here never holds up a webhook.

#include <memory>
#include <string>
#include <string_view>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/log/log.hpp"

namespace whistlestop::topics {

class Service {
public:
    // `log` and `clock` must outlive this; `log` must have no commit of this left when it goes: see stop().
    [[nodiscard]] static Result<std::unique_ptr<Service>> listen(Log& log, const Clock& clock, const std::string& path);
    ~Service();
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // No more lines; returns when every event that was taken in is durable and answered. Again: does nothing.
    void stop();

private:
    struct Inside;
    explicit Service(std::shared_ptr<Inside> inside);
    std::shared_ptr<Inside> inside_;  // shared with the log, which may still tell it of new records
};

}  // namespace whistlestop::topics
