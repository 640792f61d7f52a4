#include "common/log/topic.hpp"

#include <algorithm>
#include <array>

#include "common/base/check.hpp"
#include "common/base/hash.hpp"

namespace whistlestop {
namespace {

using std::chrono::hours;
constexpr hours days(int n) { return hours{24 * n}; }

// In order of their numbers: index_of() counts on it.
constexpr TopicSpec topics[] = {
    {Topic::directory_commands, "directory.commands", 1, Access::public_in, days(14)},
    {Topic::directory, "directory", 1, Access::public_out, days(14)},
    {Topic::directory_events, "directory.events", 1, Access::public_out, days(14)},
    {Topic::controls, "controls", 1, Access::public_in, hours{0}},
    {Topic::outbound_requests, "outbound.requests", 12, Access::public_in, hours{0}},
    {Topic::outbound_replies, "outbound.replies", 12, Access::internal, hours{0}},
    {Topic::outbound_answers, "outbound.answers", 12, Access::internal, hours{0}},
    {Topic::outbound_lanes, "outbound.lanes", 12, Access::internal, hours{0}},
    {Topic::outbound_lanes_first, "outbound.lanes.first", 12, Access::internal, hours{0}},
    {Topic::outbound_attempts, "outbound.attempts", 12, Access::internal, hours{0}},
    {Topic::outbound_events, "outbound.events", 12, Access::public_out, days(14)},
    {Topic::carrier_reports, "carrier.reports", 12, Access::internal, hours{0}},
    {Topic::inbound, "inbound", 12, Access::internal, hours{0}},
    {Topic::inbound_classified, "inbound.classified", 12, Access::public_out, days(14)},
    {Topic::consent_commands, "consent.commands", 12, Access::public_in, hours{0}},
    {Topic::consent, "consent", 12, Access::public_out, days(14)},
    {Topic::inbox_commands, "inbox.commands", 12, Access::public_in, hours{0}},
    {Topic::inbox_events, "inbox.events", 12, Access::public_out, days(14)},
    {Topic::inbox_threads, "inbox.threads", 12, Access::public_out, days(14)},
    {Topic::dlq, "dlq", 12, Access::public_out, days(30)},
};

constexpr auto first_index = [] {
    std::array<std::size_t, std::size(topics) + 1> first{};
    for (std::size_t i = 0; i < std::size(topics); ++i) first[i + 1] = first[i] + topics[i].partitions;
    return first;
}();

std::size_t row_of(Topic topic) {
    const auto row = static_cast<std::size_t>(topic) - 1;
    check(row < std::size(topics));
    return row;
}

}  // namespace

std::span<const TopicSpec> all_topics() { return topics; }

const TopicSpec& spec_of(Topic topic) { return topics[row_of(topic)]; }

std::optional<Topic> topic_named(std::string_view name) {
    const auto* found = std::ranges::find(topics, name, &TopicSpec::name);
    if (found == std::end(topics)) return std::nullopt;
    return found->topic;
}

TopicPartition place(Topic topic, std::string_view key) {
    const std::uint16_t partitions = spec_of(topic).partitions;
    return {topic, static_cast<std::uint16_t>(partition_of(key, partitions))};
}

std::size_t index_of(TopicPartition partition) {
    const std::size_t row = row_of(partition.topic);
    check(partition.partition < topics[row].partitions);
    return first_index[row] + partition.partition;
}

std::size_t partition_count() { return first_index[std::size(topics)]; }

}  // namespace whistlestop
