#include "common/domain/form.hpp"

#include <algorithm>
#include <optional>

#include "common/base/hex.hpp"

namespace whistlestop {
namespace {

// The bytes that `encoded` stands for, or nothing if an escape is broken.
std::optional<std::string> unescape(std::string_view encoded) {
    std::string out;
    out.reserve(encoded.size());
    for (;;) {
        const auto* const plain = std::ranges::find_if(encoded, [](char c) { return c == '%' || c == '+'; });
        out.append(encoded.begin(), plain);
        encoded.remove_prefix(static_cast<std::size_t>(plain - encoded.begin()));
        if (encoded.empty()) return out;
        if (encoded.front() == '+') {
            out.push_back(' ');
            encoded.remove_prefix(1);
            continue;
        }
        if (encoded.size() < 3) return std::nullopt;
        const int high = hex_value(encoded[1]);
        const int low = hex_value(encoded[2]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        encoded.remove_prefix(3);
    }
}

void escape(std::string_view bytes, std::string& out) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto kept = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view{"*-._"}.contains(c);
    };
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (kept(c))
            out.push_back(c);
        else if (c == ' ')
            out.push_back('+');
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
}

}  // namespace

Result<Form> decode_form(std::string_view encoded) {
    Form form;
    if (encoded.empty()) return form;
    const auto fields = static_cast<std::size_t>(std::ranges::count(encoded, '&')) + 1;
    if (fields > form_fields_max) return fail(Fault::invalid, "form has more than 256 fields");
    form.reserve(fields);
    for (std::size_t i = 0; i < fields; ++i) {
        const std::string_view field = encoded.substr(0, encoded.find('&'));
        encoded.remove_prefix(std::min(encoded.size(), field.size() + 1));
        const std::size_t equals = field.find('=');
        if (equals == 0 || equals == std::string_view::npos)
            return fail(Fault::invalid, "form has a field without a name or a value");
        auto name = unescape(field.substr(0, equals));
        auto value = unescape(field.substr(equals + 1));
        if (!name || !value) return fail(Fault::invalid, "form has an escape that is not % and two hex digits");
        form.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

std::string encode_form(const Form& form) {
    std::string out;
    for (const auto& [name, value] : form) {
        if (!out.empty()) out.push_back('&');
        escape(name, out);
        out.push_back('=');
        escape(value, out);
    }
    return out;
}

const std::string* find_field(const Form& form, std::string_view name) {
    const auto found = std::ranges::find(form, name, &Form::value_type::first);
    return found == form.end() ? nullptr : &found->second;
}

}  // namespace whistlestop
