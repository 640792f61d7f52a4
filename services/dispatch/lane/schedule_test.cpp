#include "services/dispatch/lane/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whistlestop::dispatch {
namespace {

constexpr auto first = Schedule::Class::first;
using testing::ElementsAre;

Waiting first_text(const std::string& id, const std::string& sender, const std::string& campaign) {
    Waiting waiting;
    waiting.id = id;
    waiting.sender = sender;
    waiting.campaign = campaign;
    waiting.first = true;
    return waiting;
}

Waiting reply(const std::string& id, const std::string& sender) {
    Waiting waiting = first_text(id, sender, "");
    waiting.first = false;
    return waiting;
}

std::vector<std::string> take_all(Schedule& schedule, const std::string& sender, Schedule::Class of) {
    std::vector<std::string> ids;
    while (schedule.front(sender, of) != nullptr) ids.push_back(schedule.take_front(sender, of).id);
    return ids;
}

TEST(Schedule, CampaignsOfASenderTakeTurns) {
    Schedule schedule;
    for (const char* id : {"a1", "a2", "a3"}) schedule.add(first_text(id, "s", "a"));
    schedule.add(first_text("b1", "s", "b"));
    schedule.add(first_text("c1", "s", "c"));
    EXPECT_THAT(take_all(schedule, "s", first), ElementsAre("a1", "b1", "c1", "a2", "a3"));
    EXPECT_TRUE(schedule.empty());
}

TEST(Schedule, SendersTakeTurnsAndWhoCouldNotGoKeepsItsTurn) {
    Schedule schedule;
    for (const char* sender : {"s1", "s2", "s3"})
        for (const char* id : {" 1", " 2", " 3"}) schedule.add(first_text(std::string{sender} + id, sender, "a"));
    EXPECT_THAT(schedule.senders(first), ElementsAre("s1", "s2", "s3"));
    schedule.take_front("s1", first);
    EXPECT_THAT(schedule.senders(first), ElementsAre("s2", "s3", "s1"));
    schedule.take_front("s3", first);
    EXPECT_THAT(schedule.senders(first), ElementsAre("s2", "s1", "s3"));
    EXPECT_THAT(schedule.senders(Schedule::Class::reply), ElementsAre());
}

TEST(Schedule, ASenderThatComesWaitsBehindThoseThatAreThere) {
    Schedule schedule;
    for (const char* id : {"a1", "a2"}) schedule.add(first_text(id, "s2", "a"));
    schedule.take_front("s2", first);
    schedule.add(first_text("b1", "s1", "b"));
    EXPECT_THAT(schedule.senders(first), ElementsAre("s2", "s1"));
}

TEST(Schedule, WhatIsTakenOutLeavesNoHole) {
    Schedule schedule;
    for (const char* id : {"r1", "r2", "r3"}) schedule.add(dispatch::reply(id, "s"));
    for (const char* id : {"a1", "a2"}) schedule.add(first_text(id, "s", "a"));
    EXPECT_EQ(schedule.remove("r1")->id, "r1");
    EXPECT_EQ(schedule.remove("a1")->id, "a1");
    EXPECT_FALSE(schedule.remove("r1"));
    schedule.add(dispatch::reply("r0", "s"), Schedule::End::front);
    EXPECT_THAT(take_all(schedule, "s", Schedule::Class::reply), ElementsAre("r0", "r2", "r3"));
    EXPECT_THAT(take_all(schedule, "s", first), ElementsAre("a2"));
}

}  // namespace
}  // namespace whistlestop::dispatch
