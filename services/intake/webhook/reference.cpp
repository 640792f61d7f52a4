#include "services/intake/webhook/reference.hpp"

#include <charconv>

#include "common/base/hex.hpp"
#include "common/log/topic.hpp"

namespace whistlestop::intake {
namespace {

constexpr std::size_t text_id_bytes = 16;

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Reference> parse_reference(std::string_view text) {
    const std::size_t first = text.find('-');
    const std::size_t last = text.rfind('-');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    const auto partition = number<std::uint16_t>(text.substr(0, first));
    auto text_id = decode_hex(text.substr(first + 1, last - first - 1));
    const auto attempt = number<std::uint32_t>(text.substr(last + 1));
    if (!partition || !text_id || text_id->size() != text_id_bytes || !attempt) return std::nullopt;
    if (*partition >= spec_of(Topic::carrier_reports).partitions) return std::nullopt;
    return Reference{*partition, *std::move(text_id), *attempt};
}

}  // namespace whistlestop::intake
