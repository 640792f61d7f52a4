#pragma once
// The texts that the carrier has taken, newest last; what its list shows.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "load-tests/simulator/base/clock.hpp"
#include "load-tests/simulator/carrier/accounts.hpp"

namespace simulator::carrier {

enum class Status : std::uint8_t { queued, sent, delivered, undelivered };

[[nodiscard]] std::string_view name_of(Status status);

using TextNumber = std::uint64_t;  // counts from 1

struct Text {
    TextNumber number = 0;
    Sender* sender = nullptr;
    std::string to;
    std::string body;
    std::string status_callback;
    WallMicros taken = 0;
    unsigned segments = 1;
    unsigned validity_seconds = 0;  // 0: no limit
    Status status = Status::queued;
    int error_code = 0;
    TextNumber previous = 0;  // to the same phone; 0: none
};

// Message ids: SM and 32 hex digits, different in every run, for the gateway remembers the ids of earlier ones.
class Sids {
public:
    explicit Sids(std::uint64_t run) : run_{run} {}
    [[nodiscard]] std::string of_text(TextNumber number) const { return sid(number); }
    // Of what is not in the list: what phones say, what the carrier says by itself.
    [[nodiscard]] std::string next_other() { return sid(++others_ | other_bit); }

    // 0 where it is the id of no text that was taken in this run.
    [[nodiscard]] TextNumber text_of(std::string_view sid) const;

private:
    static constexpr std::uint64_t other_bit = std::uint64_t{1} << 63U;

    [[nodiscard]] std::string sid(std::uint64_t number) const;

    std::uint64_t run_;
    std::uint64_t others_ = 0;
};

class Texts {
public:
    explicit Texts(std::size_t kept_max) : kept_max_{std::max<std::size_t>(kept_max, 1)} {}

    // Gives it its number. The oldest is forgotten where there are too many.
    Text& add(Text text);

    // Null where it never was, or is forgotten. Good until the next `add`.
    [[nodiscard]] Text* find(TextNumber number);

    [[nodiscard]] TextNumber newest() const { return first_ + texts_.size() - 1; }
    [[nodiscard]] TextNumber newest_to(const std::string& phone) const;

private:
    std::size_t kept_max_;
    TextNumber first_ = 1;
    std::deque<Text> texts_;
    std::unordered_map<std::string, TextNumber> newest_to_;
};

}  // namespace simulator::carrier
