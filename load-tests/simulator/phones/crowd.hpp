#pragma once
// The people behind the phones: whoever gets a text reads it, and does by habit what habits.hpp decides. A person
// exists from the first text on; nobody keeps a list.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "load-tests/simulator/base/timers.hpp"
#include "load-tests/simulator/phones/habits.hpp"

namespace simulator::phones {

// A person texts `sender`.
using Say = std::function<void(const std::string& phone, const std::string& sender, const Utterance& said)>;

class Crowd {
public:
    Crowd(std::uint64_t seed, Habits habits, Timers& timers, Say say)
        : seed_{seed}, habits_{std::move(habits)}, timers_{timers}, say_{std::move(say)} {}

    void got(const std::string& phone, const std::string& sender, std::string_view body);

private:
    struct Memory {
        unsigned texts = 0;
        bool stopped = false;
    };

    std::uint64_t seed_;
    Habits habits_;
    Timers& timers_;
    Say say_;
    std::unordered_map<std::string, Memory> memory_;  // by phone and sender
};

}  // namespace simulator::phones
