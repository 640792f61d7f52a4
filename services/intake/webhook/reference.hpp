#pragma once
// Reference: what we gave the carrier with a text, as its reports bring it back.
//
//   <partition>-<32 hexadecimal digits of the text id>-<attempt>
//
// It sends a report to the task that owns the text, even where the report names no number or another one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whistlestop::intake {

struct Reference {
    std::uint16_t partition = 0;  // of `carrier.reports`
    std::string text_id;          // 16 bytes
    std::uint32_t attempt = 0;
};

// Nothing for whatever is not exactly that: somebody else's, or a partition that there is not.
[[nodiscard]] std::optional<Reference> parse_reference(std::string_view text);

}  // namespace whistlestop::intake
