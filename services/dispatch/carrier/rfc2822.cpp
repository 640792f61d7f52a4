#include "services/dispatch/carrier/rfc2822.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace whistlestop::twilio {
namespace {

using namespace std::chrono;

// Takes pieces off the front of a text; once one does not fit, nothing does.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_{text} {}

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool done() const { return good_ && text_.empty(); }
    [[nodiscard]] bool sees(std::string_view literal) const { return text_.starts_with(literal); }

    void skip(std::string_view literal) {
        good_ = good_ && sees(literal);
        if (good_) text_.remove_prefix(literal.size());
    }

    // A number of `least` to `most` digits.
    int number(std::size_t least, std::size_t most) {
        int value = 0;
        std::size_t digits = 0;
        for (; digits < most && digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits)
            value = value * 10 + (text_[digits] - '0');
        good_ = good_ && digits >= least;
        text_.remove_prefix(digits);
        return value;
    }

    // 1 to 12.
    unsigned month_name() {
        constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
        const std::size_t at = text_.size() < 3 ? std::string_view::npos : months.find(text_.substr(0, 3));
        good_ = good_ && at != std::string_view::npos && at % 3 == 0;
        if (!good_) return 0;
        text_.remove_prefix(3);
        return static_cast<unsigned>(at / 3 + 1);
    }

private:
    std::string_view text_;
    bool good_ = true;
};

// How far the zone is ahead of UTC.
minutes zone(Cursor& cursor) {
    if (cursor.sees("GMT")) return cursor.skip("GMT"), minutes{0};
    const bool behind = cursor.sees("-");
    cursor.skip(behind ? "-" : "+");
    const int hhmm = cursor.number(4, 4);
    const minutes ahead = hours{hhmm / 100} + minutes{hhmm % 100};
    return behind ? -ahead : ahead;
}

}  // namespace

std::optional<std::int64_t> parse_rfc2822(std::string_view text) {
    if (text.size() > 4 && text[3] == ',') text.remove_prefix(4);
    while (text.starts_with(' ')) text.remove_prefix(1);
    Cursor cursor{text};
    const auto in_month = static_cast<unsigned>(cursor.number(1, 2));
    cursor.skip(" ");
    const unsigned of_year = cursor.month_name();
    cursor.skip(" ");
    const year_month_day date{year{cursor.number(4, 4)}, month{of_year}, day{in_month}};
    cursor.skip(" ");
    const int hour = cursor.number(2, 2);
    cursor.skip(":");
    const int minute = cursor.number(2, 2);
    cursor.skip(":");
    const int second = cursor.number(2, 2);
    cursor.skip(" ");
    const minutes ahead = zone(cursor);
    if (!cursor.done() || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const sys_seconds local = sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
    return (local - ahead).time_since_epoch().count();
}

std::string format_utc(std::int64_t since_1970) {
    const sys_seconds when{seconds{since_1970}};
    const sys_days date = floor<days>(when);
    const year_month_day ymd{date};
    const hh_mm_ss time{when - date};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{ymd.year()}, unsigned{ymd.month()},
                       unsigned{ymd.day()}, time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace whistlestop::twilio
