#include "common/log/embedded/frame_cache.hpp"

#include <gtest/gtest.h>

namespace whistlestop::embedded {
namespace {

std::shared_ptr<const Frame> frame_of(std::size_t bytes) {
    auto frame = std::make_shared<Frame>();
    frame->bytes.assign(bytes, 'x');
    return frame;
}

TEST(FrameCache, TheLeastRecentlyUsedLeavesFirst) {
    FrameCache cache{3500};
    for (std::uint32_t i = 0; i < 3; ++i) cache.add({1, i}, frame_of(1000));
    EXPECT_NE(cache.find({1, 0}), nullptr);
    cache.add({1, 3}, frame_of(1000));
    EXPECT_NE(cache.find({1, 0}), nullptr);
    EXPECT_EQ(cache.find({1, 1}), nullptr);
    EXPECT_NE(cache.find({1, 2}), nullptr);
    EXPECT_NE(cache.find({1, 3}), nullptr);
}

TEST(FrameCache, AFrameThatIsLargerThanTheCacheIsHeldAlone) {
    FrameCache cache{100};
    cache.add({1, 0}, frame_of(1000));
    EXPECT_NE(cache.find({1, 0}), nullptr);
    cache.add({2, 0}, frame_of(1000));
    EXPECT_EQ(cache.find({1, 0}), nullptr);
    EXPECT_NE(cache.find({2, 0}), nullptr);
}

TEST(FrameCache, WhatIsAddedTwiceIsHeldOnce) {
    FrameCache cache{2500};
    const auto first = frame_of(1000);
    cache.add({1, 0}, first);
    cache.add({1, 0}, frame_of(1000));
    cache.add({1, 1}, frame_of(1000));
    EXPECT_EQ(cache.find({1, 0}), first);
    EXPECT_NE(cache.find({1, 1}), nullptr);
}

}  // namespace
}  // namespace whistlestop::embedded
