#pragma once
// The life of a text that was taken: it waits for its sender, leaves, reaches the phone (or does not), and is reported.

#include <functional>
#include <string>
#include <string_view>

#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/carrier/faults.hpp"
#include "load-tests/simulator/carrier/texts.hpp"
#include "load-tests/simulator/carrier/webhooks.hpp"
#include "load-tests/simulator/config.hpp"
#include "load-tests/simulator/record.hpp"

namespace simulator::carrier {

// A phone that has just got a text.
using ToPhone = std::function<void(const std::string& phone, const Sender& sender, std::string_view body)>;

struct DeliveryCounts {
    std::uint64_t delivered = 0;
    std::uint64_t undelivered = 0;
    std::uint64_t reports_waiting = 0;  // not yet given to the webhooks
};

class Delivery {
public:
    struct Parts {
        Texts& texts;
        const Sids& sids;
        Webhooks& webhooks;
        Timers& timers;
        Record& record;
        Faults& faults;
    };

    Delivery(const Parts& parts, const Config& config, ToPhone to_phone);

    // `answer_in` is how long the call's own answer still takes: no report comes before it unless the fault says so.
    void take(const Text& text, const Faults::Struck& struck, milliseconds answer_in);

    [[nodiscard]] const DeliveryCounts& counts() const { return counts_; }

private:
    struct Schedule {  // from now
        Steady::duration arrives{};
        Steady::duration sent_report{};
        Steady::duration final_report{};
        Steady::duration repeated{};  // 0: reports come once
    };

    [[nodiscard]] Schedule schedule(Steady::duration leaves, Fault fault);
    void arrive(TextNumber number, int error_code);
    void report_in(Steady::duration delay, TextNumber number, Status status);
    void report(TextNumber number, Status status);

    Parts parts_;
    ReportConfig reports_;
    Span transit_;
    Dice dice_;
    ToPhone to_phone_;
    DeliveryCounts counts_;
};

}  // namespace simulator::carrier
