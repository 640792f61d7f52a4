#pragma once
// Reader: follows topics for those who asked on the socket, several at once.
//
// Everybody has positions of their own and pauses while what was written is not taken, so one who lags holds up nobody
// and costs no memory: the log is read again later.

#include <cstdint>
#include <functional>
#include <limits>
#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.hpp"
#include "common/http/unix_server.hpp"
#include "common/log/log.hpp"

namespace whistlestop::topics {

inline constexpr std::size_t unsent_bytes_pause = std::size_t{1} << 20;

struct ReadRequest {
    enum class Until : std::uint8_t { forever, now };  // now: all that is durable when it begins
    Topic topic{};
    std::optional<std::uint16_t> partition;  // none: all
    std::optional<std::uint64_t> offset;     // none: behind all that is durable; only 0 without a partition
    std::uint64_t records_max = std::numeric_limits<std::uint64_t>::max();
    Until until = Until::forever;
};

// Up to the next blank; takes both off `text`.
[[nodiscard]] std::string_view take_word(std::string_view& text);

// "<topic> [from=begin|end|<offset>] [partition=<n>] [count=<n>] [until=now]"; from the beginning where nothing is
// said. Fault::invalid names what it does not understand.
[[nodiscard]] Result<ReadRequest> parse_read_request(std::string_view text);

class Reader {
public:
    explicit Reader(Log& log) : log_{log} {}

    // `sink` gets its lines from pump(), and answered() when it has had them all.
    void add(const ReadRequest& request, std::shared_ptr<http::LineSink> sink);

    // Writes what there is, a bounded part of it. True: there may be more at once.
    [[nodiscard]] bool pump();
    // Somebody does not take what was written: pump() again a little later.
    [[nodiscard]] bool paused() const { return paused_; }
    [[nodiscard]] bool has_followers() const { return !followers_.empty(); }

private:
    struct Position {
        TopicPartition at;
        std::uint64_t next;
        std::uint64_t end;  // not read further
    };
    struct Follower {
        std::shared_ptr<http::LineSink> sink;
        std::vector<Position> positions;
        std::uint64_t records_left;
        bool gone = false;
    };
    bool pump(Follower& follower);
    void write(Follower& follower, Position& position, std::uint64_t next);
    [[nodiscard]] static bool finished(const Follower& follower);

    Log& log_;
    std::list<Follower> followers_;
    Batch batch_;
    bool paused_ = false;
};

}  // namespace whistlestop::topics
