#pragma once
// Which call meets which fault. The choice is a seeded hash of the text (account, to, body), so a run with the same
// seed strikes the same texts whatever the order, and only a text's first call is struck: later attempts pass. (A
// throttled text may be throttled twice in a row.)

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "load-tests/simulator/base/seeded.hpp"

namespace simulator::carrier {

// `_taken`: the text reaches its phone, stands in the list and is reported; `_not`: it does none of that.
enum class Fault : std::uint8_t {
    none,
    slow_report,
    repeated_report,
    disordered_reports,
    report_before_answer,
    throttled_429,
    error_500_taken,
    error_500_not,
    hang_taken,
    hang_not,
    close_taken,
    close_not,
    reset_taken,
    reset_not,
    garbage_taken,
    garbage_not,
    undeliverable,
    refused,
};

inline constexpr std::size_t fault_kinds = 18;

inline constexpr std::array<std::string_view, fault_kinds> fault_names{
    "none",          "slow_report",     "repeated_report", "disordered_reports", "report_before_answer",
    "throttled_429", "error_500_taken", "error_500_not",   "hang_taken",         "hang_not",
    "close_taken",   "close_not",       "reset_taken",     "reset_not",          "garbage_taken",
    "garbage_not",   "undeliverable",   "refused"};

[[nodiscard]] constexpr std::string_view name_of(Fault fault) { return fault_names[static_cast<std::size_t>(fault)]; }

struct FaultSettings {
    std::array<unsigned, fault_kinds> permille{};  // of the texts; their sum must not pass 1000
    unsigned at_least = 0;                         // of each kind whose permille is not 0, among the first texts
    Span slow_report{milliseconds{2000}, milliseconds{5000}};
    unsigned retry_after_seconds = 1;
};

class Faults {
public:
    Faults(std::uint64_t seed, FaultSettings settings) : seed_{seed}, settings_{settings} {}

    struct Struck {
        Fault fault = Fault::none;
        std::uint64_t hash = 0;  // of the text: for what a fault still has to choose
    };

    // To be asked once per call, in the order of the calls.
    [[nodiscard]] Struck on_call(std::string_view account, std::string_view to, std::string_view body);

    // Holds for texts not called yet.
    void change(const FaultSettings& settings) { settings_ = settings; }
    [[nodiscard]] const FaultSettings& settings() const { return settings_; }

    [[nodiscard]] const std::array<std::uint64_t, fault_kinds>& counts() const { return counts_; }

private:
    [[nodiscard]] Fault by_hash(std::uint64_t hash) const;
    [[nodiscard]] Fault still_owed(std::uint64_t hash) const;

    std::uint64_t seed_;
    FaultSettings settings_;
    std::array<std::uint64_t, fault_kinds> counts_{};
    std::unordered_map<std::uint64_t, unsigned> throttles_left_;  // of the texts that were struck, by hash
};

}  // namespace simulator::carrier
