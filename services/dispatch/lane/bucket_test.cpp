#include "services/dispatch/lane/bucket.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>

namespace whistlestop::dispatch {
namespace {

// The same promise kept the slow way.
class Model {
public:
    [[nodiscard]] std::uint64_t used(BootMs now) const {
        std::uint64_t sum = 0;
        for (const auto& [when, segments] : entries)
            if (now - when < Bucket::window_ms) sum += segments;
        return sum;
    }
    std::deque<std::pair<BootMs, std::uint32_t>> entries;
};

TEST(Bucket, EqualsAListOfAllEntries) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random{seed};
    Bucket bucket;
    Model model;
    BootMs now{123'456};
    for (int step = 0; step < 50'000; ++step) {
        now = now + static_cast<std::int64_t>(random() % (step % 1000 == 0 ? 5000 : 20));
        const auto segments = static_cast<std::uint32_t>(1 + random() % 5);
        const std::uint64_t used = model.used(now);
        const bool room = used == 0 || used + segments <= 60;
        ASSERT_EQ(bucket.room(now, segments, 60), room) << step;
        if (!room) continue;
        const BootMs latest = now + 500;
        bucket.add(now, latest, segments);
        if (random() % 4 == 0) {
            bucket.remove(now, latest, segments);  // it never started
            continue;
        }
        const BootMs started = now + static_cast<std::int64_t>(random() % 3);
        bucket.remove(now, latest, segments);
        bucket.add(now, started, segments);
        model.entries.emplace_back(started, segments);
    }
}

TEST(Bucket, ATextLargerThanTheWindowGoesAlone) {
    Bucket bucket;
    const BootMs now{10'000};
    EXPECT_TRUE(bucket.room(now, 7, 3));
    bucket.add(now, now, 7);
    EXPECT_FALSE(bucket.room(now + 1001, 1, 3));
    EXPECT_TRUE(bucket.room(now + 1002, 1, 3));
}

}  // namespace
}  // namespace whistlestop::dispatch
