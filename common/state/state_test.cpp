#include "common/state/state.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

namespace whistlestop {
namespace {

constexpr char first_key = 'a';
constexpr char last_key = 'l';

std::map<std::string, std::string> all_rows(State& state) {
    std::map<std::string, std::string> rows;
    for (char key = first_key; key <= last_key; ++key)
        if (const auto value = state.get({&key, 1})) rows.emplace(std::string(1, key), *value);
    return rows;
}

std::map<std::string, std::string> scanned(State& state) {
    std::map<std::string, std::string> rows;
    state.scan("", "\xff", [&](std::string_view key, std::string_view value) {
        rows.emplace(key, value);
        return true;
    });
    return rows;
}

// A step of a random walk over few keys, so that layers hide each other all the time.
void walk(State& state, std::map<std::string, std::string>& model, std::mt19937& random) {
    const std::string key(1, static_cast<char>(first_key + random() % (last_key - first_key + 1)));
    if (random() % 3 == 0) {
        state.erase(key);
        model.erase(key);
    } else {
        const std::string value = std::to_string(random());
        state.put(key, value);
        model[key] = value;
    }
}

TEST(State, EqualsAMapWhateverIsFrozenOrWritten) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random{seed};
    MemoryStore store;
    State state{store};
    std::map<std::string, std::string> model;
    std::map<std::string, std::string> written;  // what a scan sees
    std::map<std::string, std::string> at_freeze;
    std::shared_ptr<const Overlay> frozen;
    for (int step = 0; step < 20'000; ++step) {
        walk(state, model, random);
        ASSERT_EQ(all_rows(state), model) << step;
        if (random() % 20 != 0) continue;
        Commit commit;
        state.take_changes(commit);
        if (frozen) {
            store.write(rows_to_write(*frozen), "1");
            state.thaw();
            frozen.reset();
            written = at_freeze;
        } else {
            frozen = state.freeze();
            at_freeze = model;
        }
        ASSERT_EQ(scanned(state), written) << step;
        ASSERT_EQ(all_rows(state), model) << step;
    }
}

TEST(State, ACommitHoldsEachChangedRowOnce) {
    MemoryStore store;
    State state{store};
    state.put("a", "1");
    state.put("a", "2");
    state.erase("b");
    Commit commit;
    state.take_changes(commit);
    EXPECT_EQ(commit.row_count(), 2U);
    Commit nothing;
    state.take_changes(nothing);
    EXPECT_TRUE(nothing.empty());
}

TEST(State, WhatCameAndWentBetweenTwoCheckpointsIsNeverWritten) {
    MemoryStore store;
    State state{store};
    state.insert("a", "1");
    state.erase("a");
    state.put("b", "1");
    state.erase("b");
    Commit commit;
    state.take_changes(commit);
    EXPECT_EQ(commit.row_count(), 2U);  // the log must know all the same
    const auto rows = rows_to_write(*state.freeze());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].key, "b");
}

TEST(RocksStore, ItsAnchorOnDiskIsNeverAheadOfWhatWasFlushed) {
    const auto folder = std::filesystem::temp_directory_path() / ("store-" + std::to_string(std::random_device{}()));
    {
        const auto store = open_rocks_store(folder, {});
        ASSERT_TRUE(store.has_value());
        EXPECT_EQ((*store)->anchor(), "");
        (*store)->write({{"a", "1"}}, std::string("7\0", 2));
        EXPECT_EQ((*store)->anchor(), std::string("7\0", 2));
        EXPECT_EQ((*store)->anchor_on_disk(), "");
        (*store)->flush();
        EXPECT_EQ((*store)->anchor_on_disk(), std::string("7\0", 2));
        (*store)->write({{"a", std::nullopt}, {"b", "2"}}, "9");
        EXPECT_EQ((*store)->anchor_on_disk(), std::string("7\0", 2));
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace whistlestop
