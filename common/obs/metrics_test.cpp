#include "common/obs/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whistlestop::obs {
namespace {

using testing::HasSubstr;

TEST(Metrics, AppearInTheText) {
    Registry registry;
    Counter refused = registry.counter("whistlestop_x_total", "What x is.", {{"reason", "signature"}});
    refused.add();
    refused.add(2);
    registry.gauge("whistlestop_y_bytes", "What y is.").set(17);
    registry.histogram("whistlestop_z_seconds", "What z is.", seconds_buckets).observe(0.002);
    const std::string text = registry.text();
    EXPECT_THAT(text, HasSubstr("# HELP whistlestop_x_total What x is.\n# TYPE whistlestop_x_total counter\n"
                                "whistlestop_x_total{reason=\"signature\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_y_bytes 17\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_z_seconds_bucket{le=\"0.001\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_z_seconds_bucket{le=\"0.0025\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("whistlestop_z_seconds_count 1\n"));
}

TEST(Metrics, TheSameNameAndLabelsAreOneSeries) {
    Registry registry;
    registry.counter("x_total", "X.", {{"a", "1"}}).add();
    registry.counter("x_total", "X.", {{"a", "1"}}).add();
    registry.counter("x_total", "X.", {{"a", "2"}}).add();
    EXPECT_EQ(registry.counter("x_total", "X.", {{"a", "1"}}).value(), 2);
}

TEST(Metrics, WhatIsLookedUpIsFreshAtEveryScrape) {
    Registry registry;
    Gauge lag = registry.gauge("lag_records", "Lag.");
    double now = 1;
    registry.at_scrape([&] { lag.set(now); });
    EXPECT_THAT(registry.text(), HasSubstr("lag_records 1\n"));
    now = 2;
    EXPECT_THAT(registry.text(), HasSubstr("lag_records 2\n"));
}

}  // namespace
}  // namespace whistlestop::obs
