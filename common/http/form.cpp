#include "common/http/form.hpp"

#include <algorithm>

#include "common/http/escape.hpp"

namespace whistlestop::http {
namespace {

// Cuts `text` at `mark` and returns what stood before it; all of it where there is no mark.
std::string_view take_until(std::string_view& text, char mark) {
    const std::size_t at = std::min(text.find(mark), text.size());
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return head;
}

}  // namespace

Result<std::vector<Field>> parse_form(std::string_view text, std::size_t fields_max) {
    std::vector<Field> fields;
    if (text.empty()) return fields;
    const auto count = static_cast<std::size_t>(std::ranges::count(text, '&')) + 1;
    if (count > fields_max) return fail(Fault::invalid, "too many form fields");
    fields.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view value = take_until(text, '&');
        const std::string_view name = take_until(value, '=');
        Field& field = fields.emplace_back();
        if (name.empty()) return fail(Fault::invalid, "form field without a name");
        if (!append_unescaped(field.name, name, Plus::is_space) ||
            !append_unescaped(field.value, value, Plus::is_space))
            return fail(Fault::invalid, "bad escape in a form field");
    }
    return fields;
}

const std::string* find_field(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &found->value;
}

std::string encode_form(const std::vector<Field>& fields) {
    std::string out;
    for (const Field& field : fields) {
        if (!out.empty()) out.push_back('&');
        append_escaped(out, field.name, Plus::is_space);
        out.push_back('=');
        append_escaped(out, field.value, Plus::is_space);
    }
    return out;
}

}  // namespace whistlestop::http
