#pragma once
// Layers: who may include what, read from layers.txt (its head explains the format).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source.hpp"

namespace whistlestop::tidy {

struct Layer {
    std::string folder;
    std::vector<std::string> may;
};

class Layers {
public:
    [[nodiscard]] static Layers parse(std::string_view text);

    // Does a line apply to `path`?
    [[nodiscard]] bool know(std::string_view path) const;

    // Why `path` may not include `header`; nothing if it may.
    [[nodiscard]] std::optional<std::string> objection(std::string_view path, std::string_view header) const;

private:
    [[nodiscard]] const Layer* layer_of(std::string_view path) const;

    std::vector<Layer> layers_;
};

// Every #include of a C++ file that its layer does not allow.
[[nodiscard]] std::vector<Complaint> forbidden_includes(const Source& source, const Layers& layers);

}  // namespace whistlestop::tidy
