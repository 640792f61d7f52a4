#include "load-tests/simulator/carrier/ending.hpp"

#include <gtest/gtest.h>

namespace simulator::carrier {
namespace {

Ending a_created_text() {
    return {.status = 201, .bytes = "HTTP/1.1 201 Created\r\n\r\n{\"sid\":\"SM1\"}", .sid = "SM1"};
}

Ending under(Fault fault, std::uint64_t hash) {
    return struck_ending({fault, hash}, 3, is_taken(fault) ? a_created_text() : Ending{.bytes = {}, .sid = {}});
}

TEST(Ending, ATextThatWasNotTakenIsNeverCalledCreated) {
    for (std::size_t kind = 1; kind < fault_kinds; ++kind) {
        const auto fault = static_cast<Fault>(kind);
        for (std::uint64_t hash = 0; hash < 12 && !is_taken(fault); ++hash) {
            const Ending ending = under(fault, hash);
            EXPECT_TRUE(ending.sid.empty());
            EXPECT_EQ(ending.bytes.find("201"), std::string::npos) << name_of(fault);
        }
    }
}

TEST(Ending, ATakenTextKeepsItsIdUnderEveryFault) {
    for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
        const auto fault = static_cast<Fault>(kind);
        if (is_taken(fault)) {
            EXPECT_EQ(under(fault, 1).sid, "SM1") << name_of(fault);
        }
    }
}

TEST(Ending, ThrottlingSaysWhenToComeBack) {
    const Ending ending = under(Fault::throttled_429, 0);
    EXPECT_EQ(ending.status, 429);
    EXPECT_NE(ending.bytes.find("Retry-After: 3\r\n"), std::string::npos);
}

TEST(Ending, ACloseComesWithoutAByteOrInTheMiddleOfAnAnswer) {
    EXPECT_TRUE(under(Fault::close_taken, 0).bytes.empty());
    EXPECT_EQ(under(Fault::close_taken, 1).bytes.size(), a_created_text().bytes.size() / 2);
    EXPECT_TRUE(under(Fault::close_not, 1).bytes.starts_with("HTTP/1.1 500"));
}

}  // namespace
}  // namespace simulator::carrier
