#include "common/wire/schema.hpp"

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/controls.pb.h"
#include "whistlestop/v1/directory.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/inbox.pb.h"
#include "whistlestop/v1/outbound.pb.h"

namespace whistlestop {

std::unique_ptr<google::protobuf::Message> new_message(Topic topic) {
    switch (topic) {
        case Topic::directory_commands: return std::make_unique<v1::DirectoryCommand>();
        case Topic::directory: return std::make_unique<v1::DirectoryRecord>();
        case Topic::directory_events: return std::make_unique<v1::DirectoryEvent>();
        case Topic::controls: return std::make_unique<v1::ControlRecord>();
        case Topic::outbound_requests:
        case Topic::outbound_replies:
        case Topic::outbound_answers: return std::make_unique<v1::OutboundRequest>();
        case Topic::outbound_lanes:
        case Topic::outbound_lanes_first: return std::make_unique<v1::LaneRecord>();
        case Topic::outbound_attempts: return std::make_unique<v1::Attempt>();
        case Topic::outbound_events: return std::make_unique<v1::OutboundEvent>();
        case Topic::carrier_reports: return std::make_unique<v1::CarrierReport>();
        case Topic::inbound: return std::make_unique<v1::InboundRecord>();
        case Topic::inbound_classified: return std::make_unique<v1::InboundClassified>();
        case Topic::consent_commands: return std::make_unique<v1::ConsentCommand>();
        case Topic::consent: return std::make_unique<v1::ConsentRecord>();
        case Topic::inbox_commands: return std::make_unique<v1::InboxCommand>();
        case Topic::inbox_events: return std::make_unique<v1::InboxEvent>();
        case Topic::inbox_threads: return std::make_unique<v1::ThreadSummary>();
        case Topic::dlq: return nullptr;
    }
    return nullptr;
}

}  // namespace whistlestop
