#pragma once
// Topic: the one list of topics. DESIGN's table, as far as it is built.
//
// The numbers are written to disk: never reuse one. `partitions` is fixed for life. `retention` is how long what was
// written stays readable for platforms; internal records go once every reader of ours has passed them.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace whistlestop {

enum class Topic : std::uint16_t {
    directory_commands = 1,
    directory = 2,
    directory_events = 3,
    controls = 4,
    outbound_requests = 5,
    outbound_replies = 6,
    outbound_answers = 7,
    outbound_lanes = 8,
    outbound_lanes_first = 9,
    outbound_attempts = 10,
    outbound_events = 11,
    carrier_reports = 12,
    inbound = 13,
    inbound_classified = 14,
    consent_commands = 15,
    consent = 16,
    inbox_commands = 17,
    inbox_events = 18,
    inbox_threads = 19,
    dlq = 20,
};

enum class Access : std::uint8_t {
    internal,    // ours alone; cannot be written by hand
    public_in,   // a platform may write it
    public_out,  // a platform may read it
};

struct TopicSpec {
    Topic topic;
    std::uint16_t partitions;
    Access access;
    std::string_view name;
    std::chrono::hours retention;  // zero: gone once read
};

[[nodiscard]] std::span<const TopicSpec> all_topics();
[[nodiscard]] const TopicSpec& spec_of(Topic topic);
[[nodiscard]] std::optional<Topic> topic_named(std::string_view name);

struct TopicPartition {
    Topic topic{};
    std::uint16_t partition = 0;
    friend auto operator<=>(const TopicPartition&, const TopicPartition&) = default;
};

// The partition that `key` belongs to.
[[nodiscard]] TopicPartition place(Topic topic, std::string_view key);

// A dense number for a partition, below `partition_count()`: for tables of positions and ends.
[[nodiscard]] std::size_t index_of(TopicPartition partition);
[[nodiscard]] std::size_t partition_count();

}  // namespace whistlestop
