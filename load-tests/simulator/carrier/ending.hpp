#pragma once
// How a send call ends: the answer a healthy carrier gives, or one of the many ways not to give it.

#include <cstdint>
#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/faults.hpp"
#include "load-tests/simulator/carrier/texts.hpp"
#include "load-tests/simulator/http/server.hpp"

namespace simulator::carrier {

struct Ending {
    enum class How : std::uint8_t { answer, hang, close, reset, garbage };

    How how = How::answer;
    int status = 0;     // of an answer
    int code = 0;       // Twilio's, of an answer that refuses
    std::string bytes;  // of an answer or of garbage; of a close: what is sent before it, perhaps nothing
    bool keep_open = true;
    Fault fault = Fault::none;
    std::string sid;  // of the text, where it was taken
};

[[nodiscard]] std::string_view name_of(Ending::How how);

[[nodiscard]] Ending refuse(int status, int code, std::string_view message, std::string_view extra = {});

[[nodiscard]] Ending created(const Text& text, std::string sid);

// Whether a text that meets `fault` is taken all the same.
[[nodiscard]] bool is_taken(Fault fault);

// What becomes of `created` (where the text is taken) under a fault.
[[nodiscard]] Ending struck_ending(const Faults::Struck& struck, unsigned retry_after_seconds, Ending created);

// Carries it out. `reply` is used up.
void carry_out(const Ending& ending, http::Reply& reply);

}  // namespace simulator::carrier
