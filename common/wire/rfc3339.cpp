#include "common/wire/rfc3339.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace whistlestop {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t second_ms = 1000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t day_ms = 24 * hour_ms;
constexpr std::int64_t first_ms =
    std::int64_t{sys_days{year_month_day{std::chrono::year{0} / 1 / 1}}.time_since_epoch().count()} * day_ms;
constexpr std::int64_t last_ms =
    std::int64_t{sys_days{year_month_day{std::chrono::year{10'000} / 1 / 1}}.time_since_epoch().count()} * day_ms - 1;

// Writes `value` in decimal, filling `digits` places up to `end`.
void put_digits(char* end, std::int64_t value, int digits) {
    for (int i = 1; i <= digits; ++i, value /= 10) *(end - i) = static_cast<char>('0' + value % 10);
}

// Takes what it is asked for off the front, and remembers whether something else stood there.
struct Reader {
    std::string_view rest;
    bool good = true;

    std::int64_t number(std::size_t digits) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < digits; ++i) value = value * 10 + digit();
        return value;
    }
    std::int64_t bounded(std::int64_t max) {
        const std::int64_t value = number(2);
        good = good && value <= max;
        return value;
    }
    void one_of(std::string_view characters) {
        good = good && !rest.empty() && characters.contains(rest.front());
        if (good) rest.remove_prefix(1);
    }
    bool next_is_digit() const { return !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; }
    std::int64_t digit() {
        good = good && next_is_digit();
        if (!good) return 0;
        const std::int64_t value = rest.front() - '0';
        rest.remove_prefix(1);
        return value;
    }
};

std::int64_t read_date(Reader& in) {
    const auto year = static_cast<int>(in.number(4));
    in.one_of("-");
    const auto month = static_cast<unsigned>(in.number(2));
    in.one_of("-");
    const auto day = static_cast<unsigned>(in.number(2));
    const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    in.good = in.good && date.ok();
    return in.good ? std::int64_t{sys_days{date}.time_since_epoch().count()} * day_ms : 0;
}

std::int64_t read_decimals(Reader& in) {
    if (in.rest.empty() || in.rest.front() != '.') return 0;
    in.rest.remove_prefix(1);
    std::int64_t value = in.digit() * 100;  // at least one
    for (const std::int64_t worth : {10, 1})
        if (in.next_is_digit()) value += in.digit() * worth;
    while (in.next_is_digit()) in.rest.remove_prefix(1);
    return value;
}

std::int64_t read_time(Reader& in) {
    std::int64_t time = in.bounded(23) * hour_ms;
    in.one_of(":");
    time += in.bounded(59) * minute_ms;
    in.one_of(":");
    time += std::min<std::int64_t>(in.bounded(60), 59) * second_ms;
    return time + read_decimals(in);
}

std::int64_t read_offset(Reader& in) {
    if (!in.rest.empty() && (in.rest.front() == 'Z' || in.rest.front() == 'z')) {
        in.rest.remove_prefix(1);
        return 0;
    }
    const bool west = !in.rest.empty() && in.rest.front() == '-';
    in.one_of("+-");
    std::int64_t offset = in.bounded(23) * hour_ms;
    in.one_of(":");
    offset += in.bounded(59) * minute_ms;
    return west ? -offset : offset;
}

}  // namespace

std::string rfc3339(WallMs time) {
    const std::int64_t value = std::clamp(time.value, first_ms, last_ms);
    const std::int64_t days = (value - first_ms) / day_ms + first_ms / day_ms;
    const std::int64_t in_day = value - days * day_ms;
    const year_month_day date{sys_days{std::chrono::days{days}}};

    std::string text = "0000-00-00T00:00:00.000Z";
    char* const at = text.data();
    put_digits(at + 4, static_cast<int>(date.year()), 4);
    put_digits(at + 7, static_cast<unsigned>(date.month()), 2);
    put_digits(at + 10, static_cast<unsigned>(date.day()), 2);
    put_digits(at + 13, in_day / hour_ms, 2);
    put_digits(at + 16, in_day / minute_ms % 60, 2);
    put_digits(at + 19, in_day / second_ms % 60, 2);
    put_digits(at + 23, in_day % second_ms, 3);
    return text;
}

std::optional<WallMs> parse_rfc3339(std::string_view text) {
    Reader in{text};
    std::int64_t time = read_date(in);
    in.one_of("Tt ");
    time += read_time(in);
    time -= read_offset(in);
    if (!in.good || !in.rest.empty()) return std::nullopt;
    return WallMs{time};
}

}  // namespace whistlestop
