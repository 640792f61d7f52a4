#include "services/whistlestop/topics/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <numeric>
#include <utility>

#include "common/wire/cloud_event.hpp"

namespace whistlestop::topics {
namespace {

constexpr std::uint64_t look_back = 256;  // how much further to read where others wrote behind us

Result<const TopicSpec*> writable(std::string_view name) {
    const auto topic = topic_named(name);
    if (!topic) return fail(Fault::not_found, "topic: no such topic");
    const TopicSpec& spec = spec_of(*topic);
    if (spec.access == Access::internal) return fail(Fault::refused, fmt::format("topic: {} is internal", spec.name));
    if (spec.access == Access::public_out)
        return fail(Fault::refused, fmt::format("topic: {} can only be read", spec.name));
    return &spec;
}

bool same(const Record& a, const Record& b) { return a.headers == b.headers && a.key == b.key && a.value == b.value; }

// The offsets of `ours` within `found`, from the back; fewer where not all are there.
std::vector<std::uint64_t> match(const std::vector<Record>& ours, const std::vector<Record>& found) {
    std::vector<std::uint64_t> offsets;
    for (auto at = found.rbegin(); at != found.rend() && offsets.size() < ours.size(); ++at)
        if (same(*at, ours[ours.size() - 1 - offsets.size()])) offsets.push_back(at->offset);
    std::ranges::reverse(offsets);
    return offsets;
}

}  // namespace

std::vector<std::uint64_t> find_offsets(Log& log, const std::vector<Record>& ours, std::uint64_t end) {
    const TopicPartition partition = ours.front().at;
    std::uint64_t depth = ours.size();
    for (;;) {
        const std::uint64_t from = std::max(log.begin(partition), end - std::min(end, depth));
        Batch read;
        log.read(partition, from, end - from, read);
        auto offsets = match(ours, read.records);
        if (offsets.size() == ours.size()) return offsets;
        if (from <= log.begin(partition)) break;
        depth += look_back;
    }
    std::vector<std::uint64_t> counted(ours.size());
    std::iota(counted.begin(), counted.end(), end - ours.size());
    return counted;
}

void Writer::write(std::string_view topic, std::string_view event, std::shared_ptr<http::LineSink> sink) {
    auto added = add(topic, event);
    collecting_.lines.push_back({std::move(sink), added ? std::string{} : std::move(added.error().detail)});
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
    collecting_.ends.try_emplace(at, 0);
    return {};
}

void Writer::submit() {
    auto batch = std::make_unique<Batch>(std::exchange(collecting_, {}));
    if (commit_.empty()) return answer(*batch);
    batch->records = commit_.records();
    under_way_ = true;
    log_.submit(std::exchange(commit_, {}), [this, batch = std::move(batch)](FrameNumber) mutable {
        // Looked up here, where no later frame is published yet: what is ours stands next to the end.
        for (auto& [partition, end] : batch->ends) end = log_.end(partition);
        post_([this, durable = std::move(batch)] {
            answer(*durable);
            under_way_ = false;
            if (!collecting_.lines.empty()) submit();
        });
    });
}

void Writer::answer(const Batch& batch) {
    std::map<TopicPartition, std::vector<Record>> ours;
    std::vector<TopicPartition> order;
    std::string_view records = batch.records;
    while (const auto record = take_record(records)) {
        ours[record->at].push_back(*record);
        order.push_back(record->at);
    }
    std::map<TopicPartition, std::deque<std::uint64_t>> offsets;
    for (const auto& [partition, end] : batch.ends) {
        const auto found = find_offsets(log_, ours[partition], end);
        offsets[partition].assign(found.begin(), found.end());
    }
    auto next = order.begin();
    for (const Line& line : batch.lines) {
        if (line.error.empty()) {
            auto& left = offsets[*next];
            line.sink->write(fmt::format("{}:{}", next->partition, left.front()));
            left.pop_front();
            ++next;
        } else {
            line.sink->write("error: " + line.error);
        }
        line.sink->answered();
    }
}

}  // namespace whistlestop::topics
