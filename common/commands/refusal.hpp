#pragma once
// Refusal: why a command that could be read is not done. Named by field and limit, never with the value.

#include <string>
#include <utility>

#include "common/base/result.hpp"

namespace whistlestop {

struct Refusal {
    std::string field;
    std::string reason;

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

// Of an error whose detail reads "field: reason".
[[nodiscard]] inline Refusal refusal_of(const Error& error) {
    const std::size_t colon = error.detail.find(": ");
    if (colon == std::string::npos) return {"", error.detail};
    return {error.detail.substr(0, colon), error.detail.substr(colon + 2)};
}

// The same, where the name of the field is the caller's.
[[nodiscard]] inline Refusal refusal_of(std::string field, const Error& error) {
    return {std::move(field), error.detail};
}

}  // namespace whistlestop
