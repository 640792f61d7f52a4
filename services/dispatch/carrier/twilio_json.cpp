#include "services/dispatch/carrier/twilio_json.hpp"

#include <boost/json/parse.hpp>

#include <charconv>
#include <cstdint>
#include <exception>
#include <limits>
#include <optional>

namespace whistlestop::twilio {
namespace {

namespace json = boost::json;

std::optional<std::uint32_t> number_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (const std::int64_t* number = value->if_int64()) {
        const bool fits = *number >= 0 && *number <= std::numeric_limits<std::uint32_t>::max();
        return fits ? std::optional{static_cast<std::uint32_t>(*number)} : std::nullopt;
    }
    const std::string_view text = text_of(object, name);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

Document::Document(std::string_view text) noexcept {
    try {
        json::error_code error;
        root_ = json::parse(text, error, &memory_);  // null on error; the same memory on both sides, so moved
    } catch (const std::exception&) {                // out of memory: as good as unreadable
        root_ = nullptr;
    }
}

std::string_view text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view{} : std::string_view{text->data(), text->size()};
}

std::string code_of(const json::object& object, std::string_view name) {
    const auto number = number_of(object, name);
    return number ? std::to_string(*number) : std::string{};
}

}  // namespace whistlestop::twilio
