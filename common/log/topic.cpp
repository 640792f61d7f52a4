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
    {Topic::directory_commands, 1, Access::public_in, "directory.commands", days(14)},
    {Topic::directory, 1, Access::public_out, "directory", days(14)},
    {Topic::directory_events, 1, Access::public_out, "directory.events", days(14)},
    {Topic::controls, 1, Access::public_in, "controls", hours{0}},
    {Topic::outbound_requests, 12, Access::public_in, "outbound.requests", hours{0}},
    {Topic::outbound_replies, 12, Access::internal, "outbound.replies", hours{0}},
    {Topic::outbound_answers, 12, Access::internal, "outbound.answers", hours{0}},
    {Topic::outbound_lanes, 12, Access::internal, "outbound.lanes", hours{0}},
    {Topic::outbound_lanes_first, 12, Access::internal, "outbound.lanes.first", hours{0}},
    {Topic::outbound_attempts, 12, Access::internal, "outbound.attempts", hours{0}},
    {Topic::outbound_events, 12, Access::public_out, "outbound.events", days(14)},
    {Topic::carrier_reports, 12, Access::internal, "carrier.reports", hours{0}},
    {Topic::inbound, 12, Access::internal, "inbound", hours{0}},
    {Topic::inbound_classified, 12, Access::public_out, "inbound.classified", days(14)},
    {Topic::consent_commands, 12, Access::public_in, "consent.commands", hours{0}},
    {Topic::consent, 12, Access::public_out, "consent", days(14)},
    {Topic::inbox_commands, 12, Access::public_in, "inbox.commands", hours{0}},
    {Topic::inbox_events, 12, Access::public_out, "inbox.events", days(14)},
    {Topic::inbox_threads, 12, Access::public_out, "inbox.threads", days(14)},
    {Topic::dlq, 12, Access::public_out, "dlq", days(30)},
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
