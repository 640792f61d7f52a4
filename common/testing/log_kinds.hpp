#pragma once
// The logs that a test of stages runs over: one as a file is, and one as a broker is.

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "common/log/memory/memory_log.hpp"

namespace whistlestop {

inline constexpr std::array log_kinds = {MemoryLog::Options{},
                                         MemoryLog::Options{.gap = 3, .publish = MemoryLog::Options::Publish::late}};

inline std::string log_kind_name(const testing::TestParamInfo<MemoryLog::Options>& kind) {
    return kind.param.gap == 0 ? "File" : "Broker";
}

}  // namespace whistlestop
