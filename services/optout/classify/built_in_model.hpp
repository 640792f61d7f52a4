#pragma once
// The model that the program was built with: the bytes of model.bin, for `parse_model`.

#include <string_view>

namespace whistlestop::optout::classify {

[[nodiscard]] std::string_view built_in_model();

}  // namespace whistlestop::optout::classify
