#include "services/intake/parse/fields.hpp"

#include <fmt/format.h>

#include "common/domain/names.hpp"
#include "common/domain/utf8.hpp"

namespace whistlestop::intake {

void Fields::complain(std::string_view name, std::string_view what) {
    if (!complaint_) complaint_ = Error{Fault::invalid, fmt::format("{}: {}", name, what)};
}

const std::string* Fields::find(std::string_view name) {
    const std::string* found = nullptr;
    for (const auto& [given, value] : form_) {
        if (given != name) continue;
        if (found != nullptr) complain(name, "given more than once");
        found = &value;
    }
    return found;
}

std::string_view Fields::text_or_empty(std::string_view name, std::size_t bytes_max) {
    const std::string* found = find(name);
    if (found == nullptr) return {};
    if (found->size() > bytes_max) complain(name, fmt::format("longer than {} bytes", bytes_max));
    if (!is_utf8(*found)) complain(name, "not UTF-8");
    return complaint_ ? std::string_view{} : *found;
}

std::string_view Fields::text(std::string_view name, std::size_t bytes_max) {
    if (find(name) == nullptr) complain(name, "missing");
    return text_or_empty(name, bytes_max);
}

std::string_view Fields::word(std::string_view name) {
    const std::string_view given = text(name, name_size_max);
    if (const auto checked = check_name(name, given); !checked && !complaint_) complaint_ = checked.error();
    return given;
}

std::string_view Fields::readable(std::string_view name, std::size_t bytes_max) const {
    Fields apart{form_};
    const std::string_view given = apart.text_or_empty(name, bytes_max);
    return apart.complaint() ? std::string_view{} : given;
}

}  // namespace whistlestop::intake
