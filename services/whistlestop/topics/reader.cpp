#include "services/whistlestop/topics/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "common/wire/cloud_event.hpp"

namespace whistlestop::topics {
namespace {

constexpr std::size_t records_at_once = 256;  // of one partition, before it is the next one's turn
constexpr std::uint64_t no_end = std::numeric_limits<std::uint64_t>::max();

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool set_from(ReadRequest& request, std::string_view value) {
    request.offset = value == "begin" ? std::optional<std::uint64_t>{0} : number<std::uint64_t>(value);
    return request.offset || value == "end";
}

// False: there is no such setting, or it does not take this value.
bool set(ReadRequest& request, std::string_view key, std::string_view value) {
    if (key == "from") return set_from(request, value);
    if (key == "until") {
        request.until = ReadRequest::Until::now;
        return value == "now";
    }
    if (key == "count") {
        request.records_max = number<std::uint64_t>(value).value_or(0);
        return request.records_max > 0;
    }
    if (key != "partition") return false;
    request.partition = number<std::uint16_t>(value);
    return request.partition && *request.partition < spec_of(request.topic).partitions;
}

}  // namespace

std::string_view take_word(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

Result<ReadRequest> parse_read_request(std::string_view text) {
    const auto topic = topic_named(take_word(text));
    if (!topic) return fail(Fault::not_found, "topic: no such topic");
    ReadRequest request{.topic = *topic, .partition = {}, .offset = 0};
    while (!text.empty()) {
        const std::string_view word = take_word(text);
        const std::size_t equals = std::min(word.find('='), word.size());
        const std::string_view value = word.substr(std::min(equals + 1, word.size()));
        if (!set(request, word.substr(0, equals), value))
            return fail(Fault::invalid, "want from=begin|end|<offset> partition=<n> count=<n> until=now");
    }
    if (request.offset.value_or(0) != 0 && !request.partition)
        return fail(Fault::invalid, "partition: an offset wants one");
    return request;
}

void Reader::add(const ReadRequest& request, std::shared_ptr<http::LineSink> sink) {
    Follower follower{std::move(sink), {}, request.records_max};
    for (std::uint16_t partition = 0; partition < spec_of(request.topic).partitions; ++partition) {
        if (request.partition && *request.partition != partition) continue;
        const TopicPartition at{request.topic, partition};
        const std::uint64_t newest = log_.newest(at);
        const std::uint64_t from = std::max(log_.begin(at), request.offset.value_or(newest));
        log_.follow(at, from);
        follower.positions.push_back({at, from, request.until == ReadRequest::Until::now ? newest : no_end});
    }
    followers_.push_back(std::move(follower));
}

bool Reader::pump() {
    bool more = false;
    paused_ = false;
    for (auto follower = followers_.begin(); follower != followers_.end();) {
        more |= pump(*follower);
        if (finished(*follower)) {
            follower->sink->answered();
            follower = followers_.erase(follower);
        } else {
            ++follower;
        }
    }
    return more;
}

bool Reader::pump(Follower& follower) {
    bool more = false;
    for (Position& position : follower.positions) {
        if (follower.sink->unsent_bytes() >= unsent_bytes_pause) {
            paused_ = true;
            return false;
        }
        const std::uint64_t wanted =
            std::min({follower.records_left, position.end - std::min(position.end, position.next),
                      std::uint64_t{records_at_once}});
        if (wanted == 0) continue;
        batch_.clear();
        const std::uint64_t next = log_.read(position.at, position.next, wanted, batch_);
        write(follower, position, next);
        more |= next < std::min(position.end, log_.end(position.at));
    }
    batch_.clear();
    return more && !follower.gone;
}

void Reader::write(Follower& follower, Position& position, std::uint64_t next) {
    position.next = next;
    for (const Record& record : batch_.records) {
        if (record.offset >= position.end) return;
        --follower.records_left;
        follower.gone = !follower.sink->write(cloud_event_line(record)) || follower.gone;
    }
}

bool Reader::finished(const Follower& follower) {
    const auto read = [](const Position& position) { return position.next >= position.end; };
    return follower.gone || follower.records_left == 0 || std::ranges::all_of(follower.positions, read);
}

}  // namespace whistlestop::topics
