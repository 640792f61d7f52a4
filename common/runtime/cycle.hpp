#pragma once
// Cycle: what all tasks of a worker do between two commits, gathered into one.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/log/log.hpp"
#include "common/runtime/processor.hpp"

namespace whistlestop {

class Task;

class Cycle {
public:
    void begin(Moment now) { now_ = now; }
    [[nodiscard]] const Moment& now() const { return now_; }

    void emit(const Output& output);
    void emit_latest(const Output& output);
    // To `dlq`: headers say source, offset and reason, then come the record's own, each as far as a kilobyte.
    void dead_letter(const Record& record, std::string_view reason);
    void consumed(TopicPartition from, std::uint64_t next) { commit_.consumed(from, next); }
    void intend(Task& task, Effect effect) { effects_.emplace_back(&task, std::move(effect)); }

    [[nodiscard]] bool empty() const { return commit_.empty() && latest_.empty() && effects_.empty(); }

    using Effects = std::vector<std::pair<Task*, Effect>>;
    // Hands over everything gathered; what is left is empty.
    [[nodiscard]] Commit take_commit();
    [[nodiscard]] Effects take_effects() { return std::exchange(effects_, {}); }

private:
    struct Latest {
        std::string headers;
        std::string value;
    };
    Moment now_;
    Commit commit_;
    std::map<std::pair<TopicPartition, std::string>, Latest> latest_;
    Effects effects_;
};

}  // namespace whistlestop
