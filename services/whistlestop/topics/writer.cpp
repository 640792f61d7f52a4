#include "services/whistlestop/topics/writer.hpp"

#include <fmt/format.h>

#include <utility>

#include "common/base/check.hpp"
#include "common/wire/cloud_event.hpp"

namespace whistlestop::topics {

Result<const TopicSpec*> writable(std::string_view name) {
    const auto topic = topic_named(name);
    if (!topic) return fail(Fault::not_found, "topic: no such topic");
    const TopicSpec& spec = spec_of(*topic);
    if (spec.access == Access::internal) return fail(Fault::refused, fmt::format("topic: {} is internal", spec.name));
    if (spec.access == Access::public_out)
        return fail(Fault::refused, fmt::format("topic: {} can only be read", spec.name));
    return &spec;
}

void Writer::write(std::string_view topic, std::string_view event, std::shared_ptr<http::LineSink> sink) {
    auto added = add(topic, event);
    collecting_.push_back({std::move(sink), added ? std::string{} : std::move(added.error().detail)});
    if (!under_way_) submit();
}

Result<void> Writer::add(std::string_view topic, std::string_view event) {
    const auto spec = writable(topic);
    if (!spec) return std::unexpected{spec.error()};
    const auto parsed = parse_cloud_event(event);
    if (!parsed) return std::unexpected{parsed.error()};
    if (parsed->key.empty() && (*spec)->partitions > 1)
        return fail(Fault::invalid, fmt::format("partitionkey: {} wants one, or a contact in data", topic));
    const TopicPartition at = place((*spec)->topic, parsed->key);
    commit_.add({at, 0, clock_.wall(), parsed->key, parsed->headers.encoded(), parsed->value});
    return {};
}

void Writer::submit() {
    auto lines = std::exchange(collecting_, {});
    if (commit_.empty()) return answer(lines, {});
    under_way_ = true;
    log_.submit(std::exchange(commit_, {}), [this, lines = std::move(lines)](const Receipt& receipt) mutable {
        post_([this, lines = std::move(lines), records = std::string{receipt.records}] {
            answer(lines, records);
            under_way_ = false;
            if (!collecting_.empty()) submit();
        });
    });
}

void Writer::answer(const Lines& lines, std::string_view records) {
    for (const Line& line : lines) {
        if (line.error.empty()) {
            const auto record = take_record(records);
            check(record.has_value());
            line.sink->write(fmt::format("{}:{}", record->at.partition, record->offset));
        } else {
            line.sink->write("error: " + line.error);
        }
        line.sink->answered();
    }
}

}  // namespace whistlestop::topics
