#include "services/dispatch/call/calls.hpp"

#include <fmt/format.h>

#include "common/base/hash.hpp"

namespace whistlestop::dispatch {

std::string reference_of(std::uint16_t partition, std::string_view text_id, std::uint32_t attempt) {
    return fmt::format("{}-{}-{}", partition, hex(text_id), attempt);
}

}  // namespace whistlestop::dispatch
