#include "common/runtime/cycle.hpp"

namespace whistlestop {
namespace {

TopicPartition place_of(const Output& output) {
    if (output.partition) return {output.topic, *output.partition};
    return place(output.topic, output.placed_by);
}

}  // namespace

void Cycle::emit(const Output& output) {
    commit_.add({place_of(output), 0, now_.wall, output.key, output.headers, output.value});
}

void Cycle::emit_latest(const Output& output) {
    Latest& latest = latest_[{place_of(output), std::string{output.key}}];
    latest.headers.assign(output.headers);
    latest.value.assign(output.value);
}

Commit Cycle::take_commit() {
    for (const auto& [to, latest] : latest_)
        commit_.add({to.first, 0, now_.wall, to.second, latest.headers, latest.value});
    latest_.clear();
    return std::exchange(commit_, {});
}

}  // namespace whistlestop
