#pragma once
// POST …/Messages.json: one text to take or to refuse, and whatever goes wrong with the call.

#include <string>
#include <string_view>

#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/carrier/accounts.hpp"
#include "load-tests/simulator/carrier/delivery.hpp"
#include "load-tests/simulator/carrier/ending.hpp"
#include "load-tests/simulator/carrier/faults.hpp"
#include "load-tests/simulator/carrier/keywords.hpp"
#include "load-tests/simulator/carrier/texts.hpp"
#include "load-tests/simulator/http/server.hpp"
#include "load-tests/simulator/record.hpp"

namespace simulator::carrier {

struct CallCounts {
    std::uint64_t calls = 0;
    std::uint64_t taken = 0;
    std::uint64_t refused = 0;  // by the rules or by a fault, with a 4xx that is no 429
    std::uint64_t answers_due = 0;
};

class SendCalls {
public:
    struct Parts {
        Accounts& accounts;
        const Blocks& blocks;
        Faults& faults;
        Texts& texts;
        const Sids& sids;
        Delivery& delivery;
        Timers& timers;
        Record& record;
    };

    SendCalls(const Parts& parts, const Config& config)
        : parts_{parts}, latency_{config.answer_latency}, dice_{mix(config.seed)} {}

    // `account` is null where the path names none.
    void handle(Account* account, const http::Request& request, http::Reply reply);

    [[nodiscard]] const CallCounts& counts() const { return counts_; }

private:
    struct Call {
        std::uint64_t id = 0;
        Account* account = nullptr;
        Sender* sender = nullptr;  // null where the account has no such sender
        std::string from, to, body, status_callback;
        unsigned segments = 1;
        unsigned validity_seconds = 0;
    };

    [[nodiscard]] Call read(Account* account, std::string_view form);
    void note(const Call& call, WallMicros arrived);
    [[nodiscard]] Ending verdict(const Call& call, std::string_view authorization) const;
    const Text& take(Call& call);
    void end(std::uint64_t call, Ending ending, milliseconds in, http::Reply reply);
    void note_outcome(std::uint64_t call, const Ending& ending);

    Parts parts_;
    Span latency_;
    Dice dice_;
    CallCounts counts_;
};

}  // namespace simulator::carrier
