#pragma once
// The classifier with the model that the configuration names, or with the one that the program was built with.

#include <memory>
#include <string>

#include "common/base/result.hpp"
#include "services/optout/classify/classifier.hpp"

namespace whistlestop {

// `model_file` empty: the built-in model. Fault::not_found: it cannot be read; corrupt, invalid: it is damaged, or was
// trained for another version of the rules. Nobody may classify without one, so there is no other way out.
[[nodiscard]] Result<std::shared_ptr<const optout::classify::Classifier>> load_classifier(
    const std::string& model_file);

}  // namespace whistlestop
