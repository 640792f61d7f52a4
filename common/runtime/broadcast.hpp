#pragma once
// Broadcast: a topic that a worker reads whole, kept as rows with its positions, and the view that processors look
// into.

#include <string>
#include <vector>

#include "common/runtime/task.hpp"

namespace whistlestop {

class Broadcast {
public:
    Broadcast(const BroadcastSpec& spec, Shared& shared);

    // Loads positions and every kept row, and notes what must be reached before a task may open.
    void open();
    [[nodiscard]] bool caught_up() const;
    // Handles at most `records_max` records; says how many. A gap passed counts as one.
    std::size_t read(std::size_t records_max);
    [[nodiscard]] bool has_input() const;
    void end_cycle();
    void add_positions(std::vector<std::uint64_t>& lowest) const;

private:
    [[nodiscard]] TopicPartition at(std::size_t partition) const {
        return {spec_.topic, static_cast<std::uint16_t>(partition)};
    }
    void load_positions();
    std::size_t read(std::size_t partition, std::size_t records_max);
    void apply(const Record& record);

    BroadcastSpec spec_;
    Shared& shared_;
    std::string positions_key_;
    std::string rows_prefix_;
    std::vector<std::uint64_t> next_;  // by partition
    std::vector<std::uint64_t> ends_;  // behind all that was durable at the opening
    bool moved_ = false;
    Batch batch_;
};

}  // namespace whistlestop
