#include "services/dispatch/call/calls.hpp"

#include <fmt/format.h>

#include <array>

#include "common/base/hash.hpp"

namespace whistlestop::dispatch {

std::string_view name_of(SendOutcome::Kind kind) {
    constexpr std::array<std::string_view, send_kind_count> names{"accepted",  "rejected",    "opted_out",
                                                                  "throttled", "not_started", "unknown"};
    return names[static_cast<std::size_t>(kind)];
}

std::string reference_of(std::uint16_t partition, std::string_view text_id, std::uint32_t attempt) {
    return fmt::format("{}-{}-{}", partition, hex(text_id), attempt);
}

}  // namespace whistlestop::dispatch
