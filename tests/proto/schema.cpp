#include "tests/proto/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "common/base/check.hpp"
#include "tests/proto/visit.hpp"

namespace whistlestop::schema {

namespace pb = google::protobuf;

namespace {

std::string_view label_of(const pb::FieldDescriptor& field) {
    if (field.is_map()) return "map";
    if (field.is_repeated()) return "repeated";
    if (field.real_containing_oneof() != nullptr) return "oneof";
    return field.has_presence() && field.message_type() == nullptr ? "optional" : "single";
}

std::string type_of(const pb::FieldDescriptor& field) {
    if (field.message_type() != nullptr) return field.message_type()->full_name();
    if (field.enum_type() != nullptr) return field.enum_type()->full_name();
    return field.type_name();
}

std::string field_line(const pb::FieldDescriptor& field) {
    std::string line = fmt::format("field {} = {} {} {} json={}", field.full_name(), field.number(), label_of(field),
                                   type_of(field), field.json_name());
    if (const auto* oneof = field.real_containing_oneof()) line += fmt::format(" in={}", oneof->name());
    return line;
}

}  // namespace

Schema::Schema(const pb::FileDescriptorSet& set) {
    for (const pb::FileDescriptorProto& file : set.file()) {
        const pb::FileDescriptor* built = pool_.BuildFile(file);
        check(built != nullptr);
        if (built->package().starts_with("whistlestop")) files_.push_back(built);
    }
}

Lines lock_lines(const Schema& schema) {
    Lines lines;
    const auto message_lines = [&](const pb::Descriptor& message) {
        lines.push_back(fmt::format("message {}", message.full_name()));
        for (int i = 0; i < message.field_count(); ++i) lines.push_back(field_line(*message.field(i)));
    };
    const auto enum_lines = [&](const pb::EnumDescriptor& enumeration) {
        for (int i = 0; i < enumeration.value_count(); ++i) {
            const pb::EnumValueDescriptor& value = *enumeration.value(i);
            lines.push_back(fmt::format("value {}.{} = {}", enumeration.full_name(), value.name(), value.number()));
        }
    };
    for (const pb::FileDescriptor* file : schema.files()) {
        for_each_message(*file, message_lines);
        for_each_enum(*file, enum_lines);
    }
    return lines;
}

Difference compare(const Lines& lock, const Lines& now) {
    const auto missing_from = [](const Lines& from, const Lines& these) {
        const std::set<std::string_view> known{from.begin(), from.end()};
        Lines missing;
        std::ranges::copy_if(these, std::back_inserter(missing),
                             [&](const auto& line) { return !known.contains(line); });
        return missing;
    };
    return {.gone = missing_from(now, lock), .added = missing_from(lock, now)};
}

Lines parse_lock(std::string_view text) {
    Lines lines;
    std::istringstream in{std::string{text}};
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#') lines.push_back(line);
    return lines;
}

}  // namespace whistlestop::schema
