#pragma once
// Calls: what the stages ask of a carrier, and what came of it. Values that travel in Effect and EffectResult.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"

namespace whistlestop::dispatch {

struct SendCall {
    std::string account;
    std::string sender;
    std::string contact;
    std::string text;
    std::string reference;  // comes back with every report
    std::int64_t valid_for_s = 0;
    BootMs first_byte_by;
};

struct SendOutcome {
    enum class Kind : std::uint8_t {
        accepted,
        rejected,
        opted_out,    // the carrier refuses since the contact said stop
        throttled,    // proven not processed
        not_started,  // proven: not one byte was written
        unknown,
    };
    Kind kind = Kind::unknown;
    std::string provider_id;
    std::string code;
    std::int64_t retry_after_ms = 0;  // 0: it does not say
    BootMs first_byte;                // means nothing for not_started
};

inline constexpr std::size_t send_kind_count = 6;

// For a metric's label and a log line.
[[nodiscard]] std::string_view name_of(SendOutcome::Kind kind);

// The carrier's list of texts sent to a contact. Reading it changes nothing.
struct ListCall {
    std::string account;
    std::string sender;
    std::string contact;
    WallMs since;
    BootMs asked;  // comes back with the list
};

struct ListOutcome {
    struct Entry {
        std::string provider_id;
        std::string text;
        WallMs created;
    };
    bool complete = false;  // false: it could not be read; it says nothing
    std::vector<Entry> entries = {};
    BootMs asked;  // before its first page: what the carrier took later need not be in it
};

// `<partition>-<32 hexadecimal digits of the text id>-<attempt>`, in a status callback's URL.
[[nodiscard]] std::string reference_of(std::uint16_t partition, std::string_view text_id, std::uint32_t attempt);

}  // namespace whistlestop::dispatch
