#pragma once
// Journey: a world with its organisation, over both kinds of log, for tests of what becomes of texts.

#include <gtest/gtest.h>

#include <string>

#include "common/testing/log_kinds.hpp"
#include "tests/flow/world.hpp"

namespace whistlestop::flow {

struct Journey : testing::TestWithParam<MemoryLog::Options> {
    World world{GetParam()};
    void SetUp() override { world.found_organisation(); }
    std::string ann = contact_number(1);
    std::string bob = contact_number(2);
};

}  // namespace whistlestop::flow
