#pragma once
// Result: failures the world can cause are values. Exceptions are born in libraries and die in the one door to that
// library. `retryable` is the only question a caller may ask of a Fault besides equality.

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace whistlestop {

enum class Fault : std::uint8_t {
    invalid,      // the caller sent something we will never accept
    not_found,    // the thing named does not exist
    refused,      // the other side said no, for good
    throttled,    // the other side said not now
    unavailable,  // the other side did not answer
    corrupt,      // stored or received bytes failed a check
};

[[nodiscard]] constexpr bool retryable(Fault fault) noexcept {
    return fault == Fault::throttled || fault == Fault::unavailable;
}

struct Error {
    Fault fault = Fault::invalid;
    std::string detail;  // lowercase, no full stop; never a phone number or message text
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(Fault fault, std::string detail) {
    return std::unexpected<Error>{Error{fault, std::move(detail)}};
}

}  // namespace whistlestop
