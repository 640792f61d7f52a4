#pragma once
// check: a programmer error stops the process, in every build type.
//
// For our own mistakes only. What the world can cause (bad input, a carrier's 429, a broker that is down) is a Result.

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace whistlestop {

inline void check(bool holds, std::source_location at = std::source_location::current()) {
    if (holds) [[likely]]
        return;
    fmt::print(stderr, "check failed at {}:{} in {}\n", at.file_name(), at.line(), at.function_name());
    std::abort();
}

}  // namespace whistlestop
