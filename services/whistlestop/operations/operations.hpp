#pragma once
// Operations: the port for who runs this: /livez, /readyz, /startupz and /metrics. On a thread of its own, so that it
// answers also when everything else hangs.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "common/base/result.hpp"
#include "common/http/io_thread.hpp"
#include "common/http/server.hpp"
#include "common/obs/metrics.hpp"

namespace whistlestop {

// Each from the operations thread.
struct Probes {
    std::function<bool()> live;     // its threads go round
    std::function<bool()> ready;    // takes work
    std::function<bool()> started;  // has caught up once
};

class Operations {
public:
    // What `probes` and `registry` lead to must outlive this. Fault::unavailable: the port is taken.
    [[nodiscard]] static Result<std::unique_ptr<Operations>> listen(const std::string& address, std::uint16_t port,
                                                                    Probes probes, const obs::Registry& registry);

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

private:
    Operations(Probes probes, const obs::Registry& registry) : probes_{std::move(probes)}, registry_{registry} {}
    [[nodiscard]] http::Response answer(const http::Request& request) const;

    Probes probes_;
    const obs::Registry& registry_;
    http::IoThread io_{"operations"};
    std::unique_ptr<http::Server> server_;
};

}  // namespace whistlestop
