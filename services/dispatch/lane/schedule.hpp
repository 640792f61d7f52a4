#pragma once
// Schedule: in which order the texts of a lane wait. Pure: it holds no text, only what the order and the gate need.
//
// Answers, confirmations and replies go before first texts. Within a sender, first texts of different campaigns take
// turns; senders take turns: who went longest ago is next, and who could not go keeps its turn. A text that was taken
// out by its id leaves a hole that is skipped later.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/base/clock.hpp"

namespace whistlestop::dispatch {

struct Waiting {
    std::string id;
    std::string organisation;
    std::string contact;
    std::string campaign;
    std::string sender;
    std::uint32_t attempt = 0;
    std::uint32_t segments = 1;
    bool first = false;      // a first text; anything else goes before it
    bool automatic = false;  // a confirmation or HELP
    WallMs expires;
};

class Schedule {
public:
    enum class End : std::uint8_t { back, front };
    // The id must not be waiting.
    void add(Waiting waiting, End end = End::back);
    // Takes it out wherever it stands.
    std::optional<Waiting> remove(const std::string& id);
    [[nodiscard]] bool empty() const { return waiting_.empty(); }
    [[nodiscard]] std::size_t size() const { return waiting_.size(); }

    enum class Class : std::uint8_t { reply, first };
    // Senders with texts of that class, the one whose turn it is first.
    [[nodiscard]] std::vector<std::string> senders(Class of) const;
    // The next text of that sender and class; null where there is none. Valid until the next call.
    [[nodiscard]] const Waiting* front(const std::string& sender, Class of);
    // Takes it out: that sender and that campaign have had their turn.
    Waiting take_front(const std::string& sender, Class of);

private:
    using Queue = std::deque<std::string>;
    struct Sender {
        Queue replies;
        std::map<std::string, Queue> firsts;  // by campaign; none is empty
        std::string last_campaign;            // who has just had its turn
        std::uint64_t turn = 0;               // when it went or, if it has not, came
    };
    void take_turn(const std::string& number, Sender& sender);
    [[nodiscard]] Queue* queue_of(Sender& sender, Class of);
    void drop_holes(Sender& sender, Class of);

    std::unordered_map<std::string, Waiting> waiting_;
    std::unordered_map<std::string, Sender> senders_;
    std::map<std::uint64_t, std::string> turns_;  // each sender's number, who is next first
    std::uint64_t last_turn_ = 0;
};

}  // namespace whistlestop::dispatch
