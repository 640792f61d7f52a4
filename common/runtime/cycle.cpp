#include "common/runtime/cycle.hpp"

#include <fmt/format.h>

namespace whistlestop {
namespace {

constexpr std::size_t letter_header_bytes_max = 1024;

TopicPartition place_of(const Output& output) {
    if (output.partition) return {output.topic, *output.partition};
    return place(output.topic, output.placed_by);
}

Headers letter_headers(const Record& record, std::string_view reason) {
    Headers headers;
    headers.add("source", spec_of(record.at.topic).name)
        .add("partition", fmt::format("{}", record.at.partition))
        .add("offset", fmt::format("{}", record.offset))
        .add("reason", reason.substr(0, letter_header_bytes_max));
    std::string_view rest = record.headers;
    while (const auto header = next_header(rest))
        headers.add(header->name.substr(0, letter_header_bytes_max), header->value.substr(0, letter_header_bytes_max));
    return headers;
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

void Cycle::dead_letter(const Record& record, std::string_view reason) {
    emit({Topic::dlq, record.key, record.key, record.value, letter_headers(record, reason).encoded()});
}

Commit Cycle::take_commit() {
    for (const auto& [to, latest] : latest_)
        commit_.add({to.first, 0, now_.wall, to.second, latest.headers, latest.value});
    latest_.clear();
    return std::exchange(commit_, {});
}

}  // namespace whistlestop
