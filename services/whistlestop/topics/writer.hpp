#pragma once
// Writer: events from the socket, onto the log, each answered in order with "partition:offset" once it is durable.
//
// One commit is under way at a time; what arrives meanwhile goes into the next, so a busy producer is batched and a
// lone line waits for nothing. Only the envelope is looked into: the stages judge the data.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/http/unix_server.hpp"
#include "common/log/log.hpp"

namespace whistlestop::topics {

// The topic of that name, if it may be written by hand; else Fault::not_found or refused.
[[nodiscard]] Result<const TopicSpec*> writable(std::string_view name);

class Writer {
public:
    using Post = std::function<void(std::move_only_function<void()>)>;

    // Lives on one thread, to which `post` leads. Must outlive what it has submitted: see idle().
    Writer(Log& log, const Clock& clock, Post post) : log_{log}, clock_{clock}, post_{std::move(post)} {}

    // Gives `sink` one line: the position, or "error: " and what is wrong.
    void write(std::string_view topic, std::string_view event, std::shared_ptr<http::LineSink> sink);

    [[nodiscard]] bool idle() const { return !under_way_ && collecting_.empty(); }

private:
    struct Line {
        std::shared_ptr<http::LineSink> sink;
        std::string error;  // empty: a record
    };
    using Lines = std::vector<Line>;

    [[nodiscard]] Result<void> add(std::string_view topic, std::string_view event);
    void submit();
    // `records` are those of the lines that are one, in their order, with their offsets.
    static void answer(const Lines& lines, std::string_view records);

    Log& log_;
    const Clock& clock_;
    Post post_;
    Commit commit_;     // the next
    Lines collecting_;  // what goes with it
    bool under_way_ = false;
};

}  // namespace whistlestop::topics
