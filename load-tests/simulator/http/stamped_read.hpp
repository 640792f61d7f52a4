#pragma once
// Reading from a TCP socket together with the kernel's own note of when the bytes arrived.
//
// A simulator that is busy reads late; the kernel's stamp is right all the same, and a judge who asks whether a call
// began before or after a STOP was acknowledged needs the true moment.

#include <cstdint>
#include <string>

#include "load-tests/simulator/base/clock.hpp"

namespace simulator::http {

struct StampedRead {
    enum class End : std::uint8_t { more, closed, failed };
    End end = End::more;
    WallMicros arrived = 0;  // of the newest bytes read; the present where the kernel gave no stamp
};

// Asks the kernel to stamp what arrives from now on.
void stamp_arrivals(int socket);

// Appends what is there (perhaps nothing) to `into`; never blocks.
[[nodiscard]] StampedRead read_stamped(int socket, std::string& into);

}  // namespace simulator::http
