#pragma once
// Walks over a schema file's messages and enums, nested ones included. The entry type of a map is skipped: it exists
// only because of its field.

#include <google/protobuf/descriptor.h>

namespace whistlestop::schema {

void for_each_message(const google::protobuf::Descriptor& message, const auto& visit) {
    if (message.options().map_entry()) return;
    visit(message);
    for (int i = 0; i < message.nested_type_count(); ++i) for_each_message(*message.nested_type(i), visit);
}

void for_each_message(const google::protobuf::FileDescriptor& file, const auto& visit) {
    for (int i = 0; i < file.message_type_count(); ++i) for_each_message(*file.message_type(i), visit);
}

void for_each_enum(const google::protobuf::FileDescriptor& file, const auto& visit) {
    for (int i = 0; i < file.enum_type_count(); ++i) visit(*file.enum_type(i));
    for_each_message(file, [&](const google::protobuf::Descriptor& message) {
        for (int i = 0; i < message.enum_type_count(); ++i) visit(*message.enum_type(i));
    });
}

}  // namespace whistlestop::schema
