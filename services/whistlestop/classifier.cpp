#include "services/whistlestop/classifier.hpp"

#include <utility>

#include "common/base/read_file.hpp"
#include "services/optout/classify/built_in_model.hpp"

namespace whistlestop {

namespace classify = optout::classify;

Result<std::shared_ptr<const classify::Classifier>> load_classifier(const std::string& model_file) {
    std::string bytes;
    if (!model_file.empty()) {
        auto read = read_file(model_file);
        if (!read) return fail(read.error().fault, "opt-out model: " + read.error().detail);
        bytes = *std::move(read);
    }
    auto parts = classify::parse_model(model_file.empty() ? classify::built_in_model() : std::string_view{bytes});
    if (!parts) return std::unexpected{parts.error()};
    return std::make_shared<const classify::Classifier>(*std::move(parts));
}

}  // namespace whistlestop
