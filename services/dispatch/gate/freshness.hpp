#pragma once
// Freshness: is my view of consent complete up to a moment ago?
//
// A process with lanes that have work writes markers into every partition of `inbound` and into `controls`; optout
// forwards each to the same partition of `consent`. What was durable before a marker stands before it, so its effect
// stands before the echo. PROTOCOL.md, "Freshness", has the rules and the histories behind them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "common/runtime/processor.hpp"

namespace whistlestop::v1 {
class Echo;
class Marker;
}  // namespace whistlestop::v1

namespace whistlestop::dispatch {

// A text starts at most this long after a stop is durable; so an echo counts while its marker was written less than
// fresh_ms ago, and at least 300 ms remain for the way to the first byte.
inline constexpr std::int64_t stop_obeyed_within_ms = 1000;
inline constexpr std::int64_t fresh_ms = 700;
inline constexpr std::int64_t marker_every_ms = 200;

class Freshness {
public:
    // `boot` unlike every other process': echoes of another boot do not count.
    Freshness(std::string instance, std::uint64_t boot);

    void note_echo(std::uint16_t partition, const v1::Echo& echo);
    void note_control(const v1::Marker& marker);

    // May a contact of this partition be texted with what the views say now? `directory_version`: that of the sender's
    // record, which optout must have seen when it echoed.
    [[nodiscard]] bool fresh(std::uint16_t partition, std::uint64_t directory_version, BootMs now) const;

    // The end of what is known now: what was picked with it may not start at this moment or later.
    [[nodiscard]] BootMs known_until(std::uint16_t partition) const;

    // Is it time for markers? Then they are to be written now.
    [[nodiscard]] bool due(BootMs now);
    // Emits markers if it is time; says when to ask again.
    BootMs mark(Context& context);

private:
    struct Heard {
        BootMs written{-1'000'000'000};
        std::uint64_t directory_version = 0;
    };
    // Written by this process. Whoever reads `controls` can write one like it, but of a moment that has passed.
    [[nodiscard]] bool own(const v1::Marker& marker) const;

    std::string instance_;
    std::uint64_t boot_;
    std::array<Heard, 12> echoes_;
    Heard control_;
    std::optional<BootMs> marked_;  // when the newest markers were written
};

// Broadcast `controls`: nothing is kept of markers.
class ControlsView final : public View {
public:
    explicit ControlsView(Freshness& freshness) : freshness_{freshness} {}
    void load(std::string_view, std::string_view) override {}
    [[nodiscard]] Applied apply(const Record& record, const Moment& now) override;

private:
    Freshness& freshness_;
};

}  // namespace whistlestop::dispatch
