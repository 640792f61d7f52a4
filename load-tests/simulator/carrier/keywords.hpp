#pragma once
// The carrier's own hearing: whole message, any case, blanks around it do not count, punctuation does ("STOP!!" is not
// heard). And the blocks that follow from it.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "load-tests/simulator/config.hpp"

namespace simulator::carrier {

enum class Heard : std::uint8_t { nothing, stop, start };

// A profile that handles no word hears no START either.
[[nodiscard]] Heard hear(const Keywords& keywords, std::string_view body);

// Where a block holds: one sender's number, or the whole account.
struct Line {
    std::string_view account;
    std::string_view sender;
};

class Blocks {
public:
    void block(const std::string& phone, const Line& line, Reach reach);
    // Whatever forbids this line, whichever reach it has.
    void lift(const std::string& phone, const Line& line);
    [[nodiscard]] bool blocked(const std::string& phone, const Line& line) const;

private:
    std::unordered_map<std::string, std::vector<std::string>> by_phone_;  // names of senders and accounts
};

}  // namespace simulator::carrier
