#include "load-tests/simulator/carrier/dates.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace simulator::carrier {

namespace {

// Takes digits off the front of a text; once something does not fit, everything is refused.
class Scan {
public:
    explicit Scan(std::string_view text) : rest_{text} {}

    int number(std::size_t digits) {
        int value = 0;
        const char* const end = rest_.data() + digits;
        ok_ = ok_ && rest_.size() >= digits && std::from_chars(rest_.data(), end, value).ptr == end && value >= 0;
        if (ok_) rest_.remove_prefix(digits);
        return value;
    }
    void one_of(std::string_view choices) {
        ok_ = ok_ && !rest_.empty() && choices.find(rest_.front()) != std::string_view::npos;
        if (ok_) rest_.remove_prefix(1);
    }
    char take() {
        const char byte = rest_.front();
        rest_.remove_prefix(1);
        return byte;
    }
    void skip_fraction() {
        if (!rest_.starts_with('.')) return;
        rest_.remove_prefix(1);
        rest_.remove_prefix(std::min(rest_.find_first_not_of("0123456789"), rest_.size()));
    }
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    [[nodiscard]] bool ok() const { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

// Seconds east of Greenwich of "", "Z" or "+02:00".
int zone(Scan& scan) {
    if (scan.empty()) return 0;
    const char sign = scan.take();
    if (sign == 'Z') return 0;
    if (sign != '+' && sign != '-' && sign != ' ') scan.one_of("");  // a blank: a plus that a form decoder ate
    const int hours = scan.number(2);
    scan.one_of(":");
    const int minutes = scan.number(2);
    return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

}  // namespace

std::string rfc2822(WallSeconds at) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(static_cast<std::time_t>(at)));
}

std::string report_minute(WallSeconds at) {
    return fmt::format("{:%y%m%d%H%M}", fmt::gmtime(static_cast<std::time_t>(at)));
}

std::optional<Moment> parse_moment(std::string_view text) {
    using namespace std::chrono;
    Scan scan{text};
    const year year_{scan.number(4)};
    scan.one_of("-");
    const month month_{static_cast<unsigned>(scan.number(2))};
    scan.one_of("-");
    const day day_{static_cast<unsigned>(scan.number(2))};
    const year_month_day date{year_, month_, day_};
    if (!scan.ok() || !date.ok()) return std::nullopt;
    const WallSeconds midnight = sys_seconds{sys_days{date}}.time_since_epoch().count();
    if (scan.empty()) return Moment{midnight, true};

    scan.one_of("T ");
    const int hour = scan.number(2);
    scan.one_of(":");
    const int minute = scan.number(2);
    scan.one_of(":");
    const int second = scan.number(2);
    scan.skip_fraction();
    const int offset = zone(scan);
    if (!scan.ok() || !scan.empty() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return Moment{midnight + hour * 3600 + minute * 60 + second - offset, false};
}

}  // namespace simulator::carrier
