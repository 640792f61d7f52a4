#include "common/domain/phone.hpp"

#include <algorithm>

namespace whistlestop {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// The zones whose country codes have one digit, and the codes that have two. Everything else has three.
// Source: ITU-T E.164 Annex, "List of Recommendation ITU-T E.164 assigned country codes".
constexpr auto code_lengths = [] {
    std::array<std::uint8_t, 100> lengths{};
    lengths.fill(3);
    for (const std::size_t code :
         {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54,
          55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98})
        lengths[code] = 2;
    for (std::size_t second = 0; second < 10; ++second) lengths[10 + second] = lengths[70 + second] = 1;
    return lengths;
}();

// NPA and NXX of the North American Numbering Plan start with 2 to 9. Source: NANPA, "About the NANP".
bool is_north_american(std::string_view digits) { return digits.size() == 11 && digits[1] >= '2' && digits[4] >= '2'; }

bool is_canonical(std::string_view text) {
    if (text.size() < 9 || text.size() > 16 || text[0] != '+') return false;
    const std::string_view digits = text.substr(1);
    if (!all_digits(digits) || digits[0] == '0') return false;
    return digits[0] != '1' || is_north_american(digits);
}

bool is_short(std::string_view text) { return text.size() >= 3 && text.size() <= 8 && all_digits(text); }

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
    if (is_canonical(text)) return Phone{text};
    return fail(Fault::invalid, "phone number is not E.164: want + and 8 to 15 digits, after +1 a ten-digit number");
}

std::string_view Phone::country() const noexcept {
    const std::string_view all = text();
    const auto first_two = static_cast<std::size_t>((all[1] - '0') * 10 + (all[2] - '0'));
    return all.substr(0, 1U + code_lengths[first_two]);
}

Result<SenderId> SenderId::parse(std::string_view text) {
    if (is_canonical(text) || is_short(text)) return SenderId{text};
    return fail(Fault::invalid, "sender is neither E.164 nor a short code of 3 to 8 digits");
}

std::optional<Phone> SenderId::phone() const {
    if (is_short_code()) return std::nullopt;
    return Phone::parse(text()).value();
}

}  // namespace whistlestop
