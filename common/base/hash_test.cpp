#include "common/base/hash.hpp"

#include <gtest/gtest.h>

namespace whistlestop {
namespace {

struct Row {
    std::string_view key;
    std::int32_t java;  // what org.apache.kafka.common.utils.Utils.murmur2 gives; vectors of Kafka's own UtilsTest
};

TEST(Murmur2, EqualsTheJavaClients) {
    const Row rows[] = {{"21", -973932308},
                        {"foobar", -790332482},
                        {"a-little-bit-long-string", -985981536},
                        {"a-little-bit-longer-string", -1486304829},
                        {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971}};
    for (const Row& row : rows)
        EXPECT_EQ(murmur2(row.key), static_cast<std::uint32_t>(row.java) & 0x7fffffff) << row.key;
}

TEST(Digest, PartsDoNotRunIntoEachOther) {
    EXPECT_NE(digest({"ab", "c"}), digest({"a", "bc"}));
    EXPECT_EQ(digest({"ab", "c"}), digest({"ab", "c"}));
}

TEST(Crc32c, EqualsRfc3720) {
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
    EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
}

}  // namespace
}  // namespace whistlestop
