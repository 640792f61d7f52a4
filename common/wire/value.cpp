// The one place that knows protobuf's reading and writing of values, and the words of its JSON parser (3.21), which
// repeat the value: only the names in them are passed on.

#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "common/base/check.hpp"
#include "common/wire/envelope.hpp"

namespace whistlestop {
namespace {

using google::protobuf::Message;
namespace util = google::protobuf::util;

constexpr std::size_t path_bytes_max = 128;

// A field's name or a path of them: nothing that could be a number or a text.
bool is_path(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto follows = [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '[' || c == ']';
    };
    return !text.empty() && text.size() <= path_bytes_max && letter(text.front()) && std::ranges::all_of(text, follows);
}

// `text` up to `mark`; empty where there is none.
std::string_view before(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    return at == std::string_view::npos ? std::string_view{} : text.substr(0, at);
}

std::string joined(std::string_view path, std::string_view name) {
    return path.empty() ? std::string{name} : std::string{path} + '.' + std::string{name};
}

// The parser says "(path) name: Cannot find field.", "(path): invalid value …" and ": invalid value oneof field …".
std::string explain(std::string_view complaint) {
    std::string_view path;
    if (complaint.starts_with('(')) {
        path = before(complaint.substr(1), ")");
        complaint.remove_prefix(std::min(complaint.size(), path.size() + 2));
    }
    if (!path.empty() && !is_path(path)) return "not readable as JSON of the schema";
    if (complaint.starts_with(": invalid value oneof field")) return joined(path, "only one of its alternatives");
    if (complaint.starts_with(": invalid value") && !path.empty()) return std::string{path} + ": invalid value";
    if (complaint.starts_with(' ')) complaint.remove_prefix(1);
    const std::string_view unknown = before(complaint, ": Cannot find field.");
    if (is_path(unknown)) return joined(path, unknown) + ": no such field";
    return "not readable as JSON of the schema";
}

// The media type without its parameters.
std::string_view media_type(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    while (content_type.ends_with(' ')) content_type.remove_suffix(1);
    return content_type;
}

}  // namespace

Result<void> read_value(std::string_view value, std::string_view content_type, Message& into) {
    const std::string_view type = media_type(content_type);
    if (type == protobuf_content) {
        if (into.ParseFromArray(value.data(), static_cast<int>(value.size()))) return {};
        return fail(Fault::invalid, "data: not readable as " + into.GetTypeName());
    }
    if (type != json_content)
        return fail(Fault::invalid, "datacontenttype: want application/protobuf or application/json");
    into.Clear();
    const util::Status read = util::JsonStringToMessage({value.data(), value.size()}, &into);
    if (read.ok()) return {};
    return fail(Fault::invalid, "data: " + explain({read.message().data(), read.message().size()}));
}

std::string to_json(const Message& message) {
    util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    check(util::MessageToJsonString(message, &json, options).ok());
    return json;
}

void silence_protobuf() { google::protobuf::SetLogHandler(nullptr); }

}  // namespace whistlestop
