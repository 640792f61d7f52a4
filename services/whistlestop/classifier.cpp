#include "services/whistlestop/classifier.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "services/optout/classify/built_in_model.hpp"

namespace whistlestop {

namespace classify = optout::classify;

Result<std::shared_ptr<const classify::Classifier>> load_classifier(const std::string& model_file) {
    std::string bytes;
    if (!model_file.empty()) {
        std::ifstream in{model_file, std::ios::binary};
        if (!in || !std::filesystem::is_regular_file(model_file))
            return fail(Fault::not_found, fmt::format("opt-out model: cannot read {}", model_file));
        bytes.assign(std::istreambuf_iterator<char>{in}, {});
    }
    auto parts = classify::parse_model(model_file.empty() ? classify::built_in_model() : std::string_view{bytes});
    if (!parts) return std::unexpected{parts.error()};
    return std::make_shared<const classify::Classifier>(*std::move(parts));
}

}  // namespace whistlestop
