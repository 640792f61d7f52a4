#include "common/wire/envelope.hpp"

#include <gtest/gtest.h>

#include <string>

namespace whistlestop {
namespace {

constexpr std::string_view trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

Result<Envelope> read(const Headers& headers) { return read_envelope(headers.encoded()); }

Headers usual() { return Headers{}.add("ce_specversion", "1.0").add("ce_id", "r-1"); }

TEST(Envelope, ReadsWhatItWrites) {
    const Headers headers = envelope_headers("r-1", "outbound.event", {1500}, trace);
    const auto envelope = read(headers);
    ASSERT_TRUE(envelope.has_value());
    EXPECT_EQ(envelope->id, "r-1");
    EXPECT_EQ(envelope->source, "/whistlestop");
    EXPECT_EQ(envelope->type, "org.whistlestop.outbound.event.v1");
    EXPECT_EQ(envelope->time, WallMs{1500});
    EXPECT_EQ(envelope->traceparent, trace);
    EXPECT_EQ(envelope->content_type, protobuf_content);
}

TEST(Envelope, DoesWithoutTimeAndTrace) {
    const Headers headers = usual();
    const auto envelope = read(headers);
    ASSERT_TRUE(envelope.has_value());
    EXPECT_FALSE(envelope->time.has_value());
    EXPECT_TRUE(envelope->traceparent.empty());
}

TEST(Envelope, TheFirstHeaderOfANameCounts) {
    const Headers headers = usual().add("ce_id", "r-2");
    EXPECT_EQ(read(headers)->id, "r-1");
}

TEST(Envelope, NamesTheAttributeItRefuses) {
    struct Row {
        Headers headers;
        std::string_view attribute;
    };
    const Row rows[] = {
        {Headers{}, "id:"},
        {Headers{}.add("ce_id", ""), "id:"},
        {Headers{}.add("ce_id", std::string(201, 'x')), "id:"},
        {Headers{}.add("ce_id", "a\nb"), "id:"},
        {Headers{}.add("ce_id", "\xff"), "id:"},
        {usual().add("ce_time", ""), "time:"},
        {usual().add("ce_time", "yesterday"), "time:"},
        {Headers{}.add("ce_specversion", "0.3").add("ce_id", "r-1"), "specversion:"},
    };
    for (const Row& row : rows) {
        const auto envelope = read(row.headers);
        ASSERT_FALSE(envelope.has_value()) << row.attribute;
        EXPECT_EQ(envelope.error().fault, Fault::invalid);
        EXPECT_TRUE(envelope.error().detail.starts_with(row.attribute)) << envelope.error().detail;
    }
}

TEST(Envelope, AcceptsTheLongestId) {
    const Headers headers = Headers{}.add("ce_id", std::string(event_id_bytes_max, 'x'));
    EXPECT_TRUE(read(headers).has_value());
}

TEST(Envelope, IgnoresATraceThatIsNone) {
    for (const std::string_view wrong : {"1", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                         "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                                         "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01"}) {
        const Headers headers = usual().add("traceparent", wrong);
        EXPECT_TRUE(read(headers)->traceparent.empty()) << wrong;
    }
}

}  // namespace
}  // namespace whistlestop
