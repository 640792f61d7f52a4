// Requests that cannot become a text: what nobody can read, and so nobody can answer, is a dead letter that says why;
// everything else is an event that names the field and what is wrong with it. The stage goes on.

#include <fmt/format.h>

#include <functional>
#include <limits>

#include "common/commands/command.hpp"
#include "common/runtime/keys.hpp"
#include "common/wire/envelope.hpp"
#include "tests/flow/journey.hpp"

namespace whistlestop::flow {
namespace {

struct Refused : Journey {
    void ask(std::string_view id, const std::function<void(v1::OutboundRequest&)>& change) {
        v1::OutboundRequest request = World::first_text(ann);
        change(request);
        world.request(id, request, world.driver.clock().wall());
    }
    // Any bytes, in Ann's partition.
    void write(std::string_view id, const std::string& value) {
        const Headers headers = envelope_headers(id, "test", world.driver.clock().wall(), {});
        world.driver.write({Topic::outbound_requests, ann, ann, value, headers.encoded()});
    }
    void expect_one_dead_letter(std::string_view id, std::string_view reason) {
        const std::vector<Seen> letters = world.driver.seen(Topic::dlq);
        ASSERT_EQ(letters.size(), 1U);
        EXPECT_EQ(letters[0].header("reason"), reason);
        EXPECT_EQ(letters[0].header("source"), "outbound.requests");
        EXPECT_EQ(letters[0].header("ce_id"), id);
        EXPECT_EQ(world.story(id), "");
    }
    void expect_rejected(std::string_view id, std::string_view field, std::string_view reason) {
        ASSERT_EQ(world.story(id), "rejected");
        const std::vector<v1::OutboundEvent> events = world.events();
        const auto event = std::ranges::find(events, id, &v1::OutboundEvent::request_id);
        EXPECT_EQ(event->field(), field);
        EXPECT_EQ(event->reason(), reason);
        EXPECT_TRUE(world.driver.seen(Topic::dlq).empty());
    }
    // Behind it in its own partition.
    void expect_the_next_one_goes() {
        world.request("next", ann);
        world.advance(500);
        EXPECT_EQ(world.story("next"), "accepted sent");
        EXPECT_EQ(world.carrier.taken_for(ann), 1U);
    }
};

TEST_P(Refused, BytesThatNobodyCanReadAreADeadLetter) {
    write("r1", "\xff\xff\xff");
    expect_the_next_one_goes();
    expect_one_dead_letter("r1", "data: not readable as whistlestop.v1.OutboundRequest");
}

TEST_P(Refused, WhatIsNeitherSendNorCancelIsADeadLetter) {
    ask("r1", [](v1::OutboundRequest& request) { request.clear_send(); });
    expect_the_next_one_goes();
    expect_one_dead_letter("r1", "request: want send or cancel");
}

TEST_P(Refused, AContactThatIsNoNumberIsADeadLetter) {
    v1::OutboundRequest request = World::first_text(ann);
    request.set_contact(ann.substr(1));
    write("r1", request.SerializeAsString());
    expect_the_next_one_goes();
    expect_one_dead_letter(
        "r1", "contact: phone number is not E.164: want + and 8 to 15 digits, after +1 a ten-digit number");
}

TEST_P(Refused, AContactThatItsKeyDeniesIsADeadLetter) {
    v1::OutboundRequest request = World::first_text(ann);
    request.set_contact(bob);
    write("r1", request.SerializeAsString());
    expect_the_next_one_goes();
    expect_one_dead_letter("r1", "key: want the contact");
    EXPECT_EQ(world.carrier.taken_for(bob), 0U);
}

TEST_P(Refused, ARecordOverTheLimitIsADeadLetter) {
    const auto of_size = [this](std::size_t bytes) {
        v1::OutboundRequest request = World::first_text(ann);
        const std::size_t more = request.ByteSizeLong() - request.send().text().size() + 4;  // longer lengths
        request.mutable_send()->set_text(std::string(bytes - more, 'x'));
        return request.SerializeAsString();
    };
    const std::string fits = of_size(command_bytes_max);
    ASSERT_EQ(fits.size(), command_bytes_max);
    write("r0", fits);
    write("r1", of_size(command_bytes_max + 1));
    expect_the_next_one_goes();
    expect_one_dead_letter("r1", "data: 65537 bytes, at most 65536");
    EXPECT_EQ(world.story("r0"), "rejected") << "for its text";
}

TEST_P(Refused, ATextOver1600CharactersIsRejectedByName) {
    const auto long_text = [](std::size_t characters) {
        std::string text;
        for (std::size_t i = 0; i < characters; ++i) text += "é";  // counted in characters, not in bytes
        return text;
    };
    ask("r0", [&](v1::OutboundRequest& request) { request.mutable_send()->set_text(long_text(1601)); });
    world.advance(100);
    expect_rejected("r0", "text", "text: 1601 characters, at most 1600");
    expect_the_next_one_goes();
    ask("r1", [&](v1::OutboundRequest& request) {
        request.mutable_send()->set_text(long_text(1600));
        request.mutable_send()->set_step("second");
    });
    world.advance(500);
    EXPECT_EQ(world.story("r1"), "accepted sent");
}

TEST_P(Refused, AnExpiryOverSevenDaysAheadIsRejectedByNameAndRememberedNoLonger) {
    constexpr std::int64_t days = 7LL * 24 * 3600 * 1000;
    const auto expires = [this](std::string_view id, std::int64_t at_ms) {
        ask(id, [at_ms](v1::OutboundRequest& request) { request.mutable_send()->set_expires_at_ms(at_ms); });
        world.advance(100);
        expect_rejected(id, "expires_at_ms", "want at most 7 days after the request");
    };
    expires("far/1", world.driver.clock().wall().value + days + 1);
    expires("far/2", std::numeric_limits<std::int64_t>::max());  // who counts in nanoseconds
    expect_the_next_one_goes();
    world.driver.clock().advance(10 * days / 7);
    world.advance(70'000);
    for (const auto& [key, row] : world.driver.rows()) EXPECT_EQ(row.find("far/"), std::string::npos);
}

TEST_P(Refused, AnUnknownOrganisationIsRejectedByNameAfterItsTimeToBecomeKnown) {
    ask("r1", [](v1::OutboundRequest& request) { request.set_organisation("nobody"); });
    world.advance(9'900);
    EXPECT_EQ(world.story("r1"), "");
    world.advance(200);
    expect_rejected("r1", "organisation", "unknown");
    expect_the_next_one_goes();
}

TEST_P(Refused, AnUnknownCampaignIsRejectedByNameAfterItsTimeToBecomeKnown) {
    ask("r1", [](v1::OutboundRequest& request) { request.mutable_send()->set_campaign("never"); });
    world.advance(9'900);
    EXPECT_EQ(world.story("r1"), "");
    world.advance(200);
    expect_rejected("r1", "campaign", "unknown");
    expect_the_next_one_goes();
}

INSTANTIATE_TEST_SUITE_P(Logs, Refused, testing::ValuesIn(log_kinds), log_kind_name);

}  // namespace
}  // namespace whistlestop::flow
