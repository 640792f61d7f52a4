#include "services/intake/authenticate/recut.hpp"

#include <optional>

#include "common/domain/twilio_sid.hpp"

namespace whistlestop::intake {
namespace {

constexpr std::size_t sid_size = 34;
constexpr std::size_t digits_min = 7;

std::string_view sid_at(std::string_view text) {
    const std::string_view sid = text.substr(0, sid_size);
    return twilio::is_message_sid(sid) ? sid : std::string_view{};
}

std::string_view digits_at(std::string_view text) {
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    return digits.size() >= digits_min ? digits : std::string_view{};
}

// Are there two different values behind `name`? `read` says what stands there; empty: none.
template <class Read>
bool differ(std::string_view text, std::string_view name, const Read& read) {
    std::optional<std::string_view> first;
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const std::string_view value = read(text.substr(at + name.size()));
        if (value.empty()) continue;
        if (first && *first != value) return true;
        first = value;
    }
    return false;
}

}  // namespace

bool names_two_texts(std::string_view signed_without_body) {
    return differ(signed_without_body, "MessageSid", sid_at) && differ(signed_without_body, "From+", digits_at);
}

}  // namespace whistlestop::intake
