#include "load-tests/simulator/carrier/keywords.hpp"

#include <gtest/gtest.h>

namespace simulator::carrier {
namespace {

const Keywords usual{{"STOP", "QUIT"}, false, Reach::number};

TEST(Hear, TakesTheWholeMessageInAnyCaseWithBlanksButNotWithPunctuation) {
    for (const std::string_view said : {"STOP", "stop", " sToP\r\n", "quit"}) {
        EXPECT_EQ(hear(usual, said), Heard::stop) << said;
    }
    for (const std::string_view said : {"STOP!!", "stop it", "please stop", "cancel", "", "  ", "yes"}) {
        EXPECT_EQ(hear(usual, said), Heard::nothing) << said;
    }
    EXPECT_EQ(hear(usual, "start"), Heard::start);
    EXPECT_EQ(hear(usual, "UNSTOP"), Heard::start);
}

TEST(Hear, ACarrierThatHandlesNoWordHearsNothing) {
    EXPECT_EQ(hear({}, "STOP"), Heard::nothing);
    EXPECT_EQ(hear({}, "START"), Heard::nothing);
}

TEST(Blocks, ReachTheSenderOrTheWholeAccount) {
    Blocks blocks;
    blocks.block("+1", {"main", "+100"}, Reach::number);
    EXPECT_TRUE(blocks.blocked("+1", {"main", "+100"}));
    EXPECT_FALSE(blocks.blocked("+1", {"main", "+101"}));
    EXPECT_FALSE(blocks.blocked("+2", {"main", "+100"}));

    blocks.block("+1", {"main", "+102"}, Reach::account);
    EXPECT_TRUE(blocks.blocked("+1", {"main", "+101"}));
    EXPECT_FALSE(blocks.blocked("+1", {"other", "+200"}));
}

TEST(Blocks, AreLiftedForTheLineThatStartCameOn) {
    Blocks blocks;
    blocks.block("+1", {"main", "+100"}, Reach::number);
    blocks.block("+1", {"other", "+200"}, Reach::account);
    blocks.lift("+1", {"other", "+201"});
    EXPECT_FALSE(blocks.blocked("+1", {"other", "+200"}));
    EXPECT_TRUE(blocks.blocked("+1", {"main", "+100"}));
    blocks.lift("+1", {"main", "+100"});
    EXPECT_FALSE(blocks.blocked("+1", {"main", "+100"}));
}

}  // namespace
}  // namespace simulator::carrier
