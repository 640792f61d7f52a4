#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "tests/proto/schema.hpp"
#include "tests/proto/visit.hpp"

namespace whistlestop::schema {

namespace pb = google::protobuf;

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool camel_case(std::string_view name) {
    return is_upper(name.front()) &&
           std::ranges::all_of(name, [](char c) { return is_upper(c) || is_lower(c) || is_digit(c); });
}

// A digit may not follow an underscore: JSON's name would lose it and could not be turned back.
bool snake_case(std::string_view name) {
    const auto fits = [](char c) { return is_lower(c) || is_digit(c) || c == '_'; };
    if (!is_lower(name.front()) || name.back() == '_' || !std::ranges::all_of(name, fits)) return false;
    for (std::size_t i = 1; i < name.size(); ++i)
        if (name[i - 1] == '_' && !is_lower(name[i])) return false;
    return true;
}

// TextClass -> TEXT_CLASS_
std::string value_prefix(std::string_view enumeration) {
    std::string prefix;
    for (const char c : enumeration) {
        if (is_upper(c) && !prefix.empty()) prefix.push_back('_');
        prefix.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
    return prefix + "_";
}

bool version_suffix(std::string_view package) {
    const std::size_t dot = package.rfind('.');
    const std::string_view last = package.substr(dot == std::string_view::npos ? 0 : dot + 1);
    return last.size() >= 2 && last.front() == 'v' && std::ranges::all_of(last.substr(1), is_digit);
}

void lint_file(const pb::FileDescriptor& file, Lines& out) {
    const std::string_view path = file.name();
    std::string folder{path.substr(0, path.rfind('/'))};
    std::ranges::replace(folder, '/', '.');
    if (folder != file.package()) out.push_back(fmt::format("{}: package {} is not its folder", path, file.package()));
    if (!version_suffix(file.package()))
        out.push_back(fmt::format("{}: package {} does not end in a version", path, file.package()));
    if (file.syntax() != pb::FileDescriptor::SYNTAX_PROTO3) out.push_back(fmt::format("{}: is not proto3", path));
}

void lint_message(const pb::Descriptor& message, Lines& out) {
    if (!camel_case(message.name())) out.push_back(fmt::format("{}: want CamelCase", message.full_name()));
    for (int i = 0; i < message.field_count(); ++i) {
        const pb::FieldDescriptor& field = *message.field(i);
        if (!snake_case(field.name())) out.push_back(fmt::format("{}: want snake_case", field.full_name()));
        if (field.is_required() || field.type() == pb::FieldDescriptor::TYPE_GROUP)
            out.push_back(fmt::format("{}: neither required nor a group", field.full_name()));
    }
    for (int i = 0; i < message.real_oneof_decl_count(); ++i)
        if (!snake_case(message.oneof_decl(i)->name()))
            out.push_back(fmt::format("{}: want snake_case", message.oneof_decl(i)->full_name()));
}

void lint_enum(const pb::EnumDescriptor& enumeration, Lines& out) {
    if (!camel_case(enumeration.name())) out.push_back(fmt::format("{}: want CamelCase", enumeration.full_name()));
    if (enumeration.options().allow_alias()) out.push_back(fmt::format("{}: aliases", enumeration.full_name()));
    const std::string prefix = value_prefix(enumeration.name());
    for (int i = 0; i < enumeration.value_count(); ++i) {
        const pb::EnumValueDescriptor& value = *enumeration.value(i);
        if (!value.name().starts_with(prefix)) out.push_back(fmt::format("{}: want {}…", value.full_name(), prefix));
        if (value.number() == 0 && value.name() != prefix + "UNSPECIFIED")
            out.push_back(fmt::format("{}: zero is {}UNSPECIFIED", value.full_name(), prefix));
    }
}

}  // namespace

Lines lint(const Schema& schema) {
    Lines out;
    for (const pb::FileDescriptor* file : schema.files()) {
        lint_file(*file, out);
        for_each_message(*file, [&](const pb::Descriptor& message) { lint_message(message, out); });
        for_each_enum(*file, [&](const pb::EnumDescriptor& enumeration) { lint_enum(enumeration, out); });
    }
    return out;
}

}  // namespace whistlestop::schema
