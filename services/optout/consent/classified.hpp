#pragma once
// The classifier as the stage asks it: a text in, what `inbound.classified` says of it out.

#include <memory>

#include "services/optout/classify/classifier.hpp"
#include "services/optout/consent/meaning.hpp"

namespace whistlestop::optout {

// Pure, and may be asked by several threads at once: each has working memory of its own.
[[nodiscard]] Classify classify_with(std::shared_ptr<const classify::Classifier> classifier);

}  // namespace whistlestop::optout
