#pragma once
// Schema: which message a topic's values are; the table of proto/whistlestop/README.md.

#include <google/protobuf/message.h>

#include <memory>

#include "common/log/topic.hpp"

namespace whistlestop {

// Empty. Null for `dlq`, whose values are whatever their source's were.
[[nodiscard]] std::unique_ptr<google::protobuf::Message> new_message(Topic topic);

}  // namespace whistlestop
