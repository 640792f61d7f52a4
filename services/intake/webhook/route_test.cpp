#include "services/intake/webhook/route.hpp"

#include <gtest/gtest.h>

namespace whistlestop::intake {
namespace {

TEST(Route, NamesAccountKindAndQuery) {
    const auto route = route_of("/webhooks/twilio/main/status?ref=3-ab-1&x");
    ASSERT_TRUE(route.has_value());
    EXPECT_EQ(route->provider, "twilio");
    EXPECT_EQ(route->account, "main");
    EXPECT_EQ(route->kind, WebhookKind::status);
    EXPECT_EQ(route->query, "ref=3-ab-1&x");
    EXPECT_EQ(route_of("/webhooks/twilio/main/inbound")->kind, WebhookKind::inbound);
}

TEST(Route, KnowsNoOtherTarget) {
    for (const std::string_view target :
         {"", "/", "/webhooks", "/webhooks/", "/webhooks/twilio", "/webhooks/twilio/main", "/webhooks/twilio/main/",
          "/webhooks/twilio/main/inbound/", "/webhooks/twilio/main/other", "/webhooks/twilio/inbound",
          "/webhooks/twilio/main/x?/inbound", "//webhooks/twilio/main/inbound", "/webhooks//twilio/main/inbound"})
        EXPECT_FALSE(route_of(target).has_value()) << target;
}

TEST(Route, ATargetWithAFragmentIsNone) {
    for (const std::string_view target : {"/webhooks/twilio/main/status#", "/webhooks/twilio/main/status?#ref=1",
                                          "/webhooks/twilio/main/status?ref=1#&x", "/webhooks/twilio/#/status"})
        EXPECT_FALSE(route_of(target).has_value()) << target;
}

}  // namespace
}  // namespace whistlestop::intake
