#pragma once
// CloudEvent: one event as a line of JSON (structured mode), as `whistlestop topics` reads and writes it.
//
//   {"specversion":"1.0","id":"r-1","source":"/me","type":"org.whistlestop.outbound.request.v1",
//    "time":"2026-11-03T18:00:00Z","datacontenttype":"application/json","data":{"organisation":"o","contact":"+1…"}}
//
// `data` is JSON; protobuf stands in `data_base64`. `partitionkey` is the record's key; without it the contact that
// `data` names. Every other attribute is a header of the record. What is written has `position` ("partition:offset")
// besides, and its data always as `data_base64`: the gateway converts nothing for its readers, `readable_line` does.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/log/record.hpp"

namespace google::protobuf {
class Message;
}

namespace whistlestop {

inline constexpr std::size_t event_data_bytes_max = std::size_t{64} * 1024;
inline constexpr std::size_t event_attribute_bytes_max = 1024;

struct NewEvent {
    std::string key;  // empty: the line names none
    Headers headers;
    std::string value;
};

// Fault::invalid names the attribute; the envelope then holds what read_envelope() wants. The data is not looked into.
[[nodiscard]] Result<NewEvent> parse_cloud_event(std::string_view line);

// Without the line's end. A record of an internal topic, which has no envelope, gets one made of its place.
[[nodiscard]] std::string cloud_event_line(const Record& record);

// The same line with `data` as JSON, read as a message of `scratch`'s type; unchanged where that cannot be done.
[[nodiscard]] std::string readable_line(std::string_view line, google::protobuf::Message& scratch);

// A dead letter's line (`dlqsource`, `dlqpartition`, `dlqoffset` and `dlqreason` say where it comes from, and why) with
// its data as JSON where its source's message can be read, else as text where it is UTF-8, else unchanged.
[[nodiscard]] std::string readable_letter(std::string_view line);

}  // namespace whistlestop
