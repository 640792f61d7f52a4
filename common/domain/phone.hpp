#pragma once
// Phone, SenderId: whom a text goes to, and what it comes from.
//
// Both are values of 16 bytes that cannot exist unless valid: no default, one way in (parse). Only the canonical form
// is read ("+13035550199"): no blanks, no dashes, no guessing of a country; who has something else normalises it first.
// Neither may ever be logged: `country()` is the only part that may.

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string_view>

#include "common/base/check.hpp"
#include "common/base/result.hpp"

namespace whistlestop {

// At most 16 bytes of ASCII without NUL, in place. Orders like the text.
class InlineText {
public:
    static constexpr std::size_t size_max = 16;

    // `text` must fit.
    explicit InlineText(std::string_view text) {
        check(text.size() <= size_max);
        std::memcpy(bytes_.data(), text.data(), text.size());
    }

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size()}; }

    [[nodiscard]] std::size_t hash() const noexcept {
        const std::uint64_t mixed = (word(0) ^ std::rotl(word(8) * 0x9e3779b97f4a7c15U, 31)) * 0xd6e8feb86659fd93U;
        return mixed ^ mixed >> 32;
    }

    friend auto operator<=>(const InlineText&, const InlineText&) = default;

private:
    [[nodiscard]] std::uint64_t word(std::size_t at) const noexcept {
        std::uint64_t value = 0;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }

    // The bytes behind the text are zero, so the length need not be stored.
    [[nodiscard]] std::size_t size() const noexcept {
        const auto used = [](std::uint64_t word) { return 8 - static_cast<std::size_t>(std::countl_zero(word)) / 8; };
        return word(8) != 0 ? 8 + used(word(8)) : used(word(0));
    }

    std::array<char, size_max> bytes_{};
};

// A number in canonical E.164: + and 8 to 15 digits, the first not 0. After +1 (the North American plan) exactly ten,
// with area code and exchange in the form [2-9]xx. Whether anybody has the number is not known.
class Phone {
public:
    // Fault::invalid; the detail never holds the number.
    [[nodiscard]] static Result<Phone> parse(std::string_view text);

    // Valid as long as this object is.
    [[nodiscard]] std::string_view text() const noexcept { return text_.text(); }

    // The country calling code with its plus ("+1", "+49", "+353"), a view into text().
    [[nodiscard]] std::string_view country() const noexcept;

    [[nodiscard]] std::size_t hash() const noexcept { return text_.hash(); }

    friend auto operator<=>(const Phone&, const Phone&) = default;

private:
    explicit Phone(std::string_view text) : text_{text} {}

    InlineText text_;
};

// What we text from: a Phone, or a short code of 3 to 8 digits (5 or 6 in the US) written without a plus. Alphanumeric
// senders are not supported: nobody can answer them, so nobody can say STOP.
class SenderId {
public:
    [[nodiscard]] static Result<SenderId> parse(std::string_view text);

    explicit SenderId(const Phone& phone) : text_{phone.text()} {}

    [[nodiscard]] std::string_view text() const noexcept { return text_.text(); }
    [[nodiscard]] bool is_short_code() const noexcept { return !text().starts_with('+'); }
    [[nodiscard]] std::optional<Phone> phone() const;  // none for a short code
    [[nodiscard]] std::size_t hash() const noexcept { return text_.hash(); }

    friend auto operator<=>(const SenderId&, const SenderId&) = default;

private:
    explicit SenderId(std::string_view text) : text_{text} {}

    InlineText text_;
};

}  // namespace whistlestop

template <>
struct std::hash<whistlestop::Phone> {
    std::size_t operator()(const whistlestop::Phone& phone) const noexcept { return phone.hash(); }
};

template <>
struct std::hash<whistlestop::SenderId> {
    std::size_t operator()(const whistlestop::SenderId& sender) const noexcept { return sender.hash(); }
};
