#include "services/optout/classify/model.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "common/base/hash.hpp"
#include "services/optout/classify/built_in_model.hpp"
#include "services/optout/classify/test_classifier.hpp"

namespace whistlestop::optout::classify {
namespace {

Fault fault_of(std::string_view bytes) {
    const auto parts = parse_model(bytes);
    EXPECT_FALSE(parts.has_value());
    return parts.has_value() ? Fault::not_found : parts.error().fault;
}

// The checksum of changed bytes, so that what was changed is found and not that something was.
std::string signed_again(std::string bytes) {
    bytes.resize(bytes.size() - 4);
    const std::uint32_t sum = crc32c(bytes);
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return bytes;
}

TEST(Model, TheBuiltInOneIsGood) {
    const auto parts = parse_model(built_in_model());
    ASSERT_TRUE(parts.has_value()) << parts.error().detail;
    EXPECT_FALSE(parts->version.empty());
}

TEST(Model, IsTheSameAfterWritingAndReading) {
    const auto parts = parse_model(built_in_model());
    ASSERT_TRUE(parts.has_value());
    EXPECT_EQ(serialise(*parts), built_in_model());
}

TEST(Model, AnEmptyFileIsRefused) { EXPECT_EQ(fault_of(""), Fault::corrupt); }

TEST(Model, AnotherFileIsRefused) { EXPECT_EQ(fault_of(std::string(1'000, 'x')), Fault::corrupt); }

TEST(Model, EveryCutIsRefused) {
    const std::string_view whole = built_in_model();
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
        EXPECT_EQ(fault_of(whole.substr(0, size)), Fault::corrupt) << size;
    }
}

TEST(Model, EveryCutThatIsSignedAgainIsRefused) {
    const std::string_view whole = built_in_model();
    for (std::size_t size = 20; size < whole.size() - 4; size += size < 2'000 ? 1 : 1 + whole.size() / 97) {
        const std::string cut = signed_again(std::string{whole.substr(0, size)} + "sum.");
        EXPECT_EQ(fault_of(cut), Fault::corrupt) << size;
    }
}

TEST(Model, ARowOutOfRangeIsRefused) {
    std::string bytes{built_in_model()};
    const std::size_t last_row = bytes.size() - 4 - column_count - 4;
    bytes[last_row + 3] = 1;
    EXPECT_EQ(fault_of(signed_again(bytes)), Fault::corrupt);
}

std::string with(void (*change)(ModelParts&)) {
    ModelParts parts = *parse_model(built_in_model());
    change(parts);
    return serialise(parts);
}

TEST(Model, NumbersThatAreNoneAreRefused) {
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    constexpr float endless = std::numeric_limits<float>::infinity();
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.thresholds.alone.optout = none; })), Fault::corrupt);
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.slope = endless; })), Fault::corrupt);
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.head.bias[2] = none; })), Fault::corrupt);
}

TEST(Model, ThresholdsOutOfOrderAreRefused) {
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.thresholds.alone = {1.5F, 0.2F}; })), Fault::corrupt);
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.thresholds.alone = {0.5F, -0.1F}; })), Fault::corrupt);
    EXPECT_EQ(fault_of(with([](ModelParts& parts) { parts.thresholds.phrase = {0.2F, 0.5F}; })), Fault::corrupt);
}

// Many features of the largest weights: none is lost or overflows on the way, and quiet ones count by loudness.
TEST(Model, AddsUpWhatEveryFeatureSays) {
    std::string message;
    for (int i = 0; i < 50; ++i) message += "please keep this long friendly story about the county fair going on ";
    const auto scratch = std::make_unique<Scratch>();
    normalise(message, tested_classifier().lexicon(), WordSet{{}}, scratch->text);
    tested_classifier().rules().match(scratch->text, scratch->hits);
    ASSERT_EQ(scratch->text.sentence_count, 1);
    std::size_t loud = 0;
    std::size_t quiet = 0;
    for_each_message_feature(scratch->text, scratch->hits, [&](const Feature&) { ++loud; });
    for_each_sentence_feature(scratch->text, 0, scratch->hits, scratch->core,
                              [&](const Feature& f) { ++(feature::is_quiet(f.kind) ? quiet : loud); });
    ASSERT_GT(quiet, 1'000U);
    for (const int weight : {127, -128}) {
        ModelParts parts;
        parts.weights.assign(slot_count, Row{} + static_cast<std::int8_t>(weight));
        const Scores scores = Model{std::move(parts)}.score(scratch->text, scratch->hits, scratch->core);
        const float heard =
            static_cast<float>(loud) + static_cast<float>(quiet) * feature::loudness(scratch->text.sentences[0]);
        for (const float sum : scores.sums)
            EXPECT_NEAR(sum / (static_cast<float>(weight) * weight_step), heard, heard * 1e-4F);
    }
}

TEST(Model, AChangedByteIsRefused) {
    std::string bytes{built_in_model()};
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    EXPECT_EQ(fault_of(bytes), Fault::corrupt);
}

TEST(Model, AnotherFormatIsRefusedByItsNumber) {
    std::string bytes{built_in_model()};
    bytes[8] = 77;
    const auto parts = parse_model(bytes);
    ASSERT_FALSE(parts.has_value());
    EXPECT_EQ(parts.error().fault, Fault::invalid);
    EXPECT_NE(parts.error().detail.find("format 77"), std::string::npos);
}

TEST(Model, OneThatWasTrainedWithOtherRulesIsRefused) {
    std::string bytes{built_in_model()};
    bytes[12] = static_cast<char>(bytes[12] ^ 1);
    EXPECT_EQ(fault_of(signed_again(bytes)), Fault::invalid);
}

Head some_head() {
    Head head;
    for (std::size_t h = 0; h < hidden_count; ++h) {
        head.hidden_bias[h] = 0.1F * static_cast<float>(h) - 0.5F;
        for (std::size_t q = 0; q < question_count; ++q)
            head.reach[h][q] = 0.3F * static_cast<float>((h * 3 + q * 7) % 5) - 0.6F;
    }
    return head;
}

TEST(Head, TheSlopeIsHowTheAnswersChange) {
    const Head head = some_head();
    Columns sums{};
    for (std::size_t c = 0; c < column_count; ++c) sums[c] = 0.2F * static_cast<float>(c % 4) - 0.3F;
    const Answers of{0.5F, -1, 0.25F, 2, -0.75F};
    const auto weighed = [&](const Columns& at) {
        const Answers answers = head.answers(at, head.hidden(at));
        float sum = 0;
        for (std::size_t q = 0; q < question_count; ++q) sum += of[q] * answers[q];
        return sum;
    };
    const Columns slope = head.slope(head.hidden(sums), of);
    for (std::size_t c = 0; c < column_count; ++c) {
        constexpr float step = 1e-2F;
        Columns more = sums;
        Columns less = sums;
        more[c] += step;
        less[c] -= step;
        EXPECT_NEAR(slope[c], (weighed(more) - weighed(less)) / (2 * step), 1e-3) << c;
    }
}

TEST(Head, HiddenUnitsSeeWhatIsSaidTogether) {
    const Head head = some_head();
    const auto asks = [&](std::initializer_list<std::size_t> said) {
        Columns sums{};
        for (const std::size_t c : said) sums[c] += 2;
        return head.answers(sums, head.hidden(sums))[0];
    };
    const std::size_t unit = question_count + 1;
    EXPECT_NE(asks({unit, unit}) - asks({unit}), asks({unit}) - asks({}));
}

TEST(Pool, OneRequestIsEnough) {
    const Answers no{-9, -9, -9, -9, -9};
    const Answers yes{9, -9, -9, -9, -9};
    const std::array sentences{no, yes, no};
    EXPECT_GT(pool(sentences)[0], 0.99F);
    EXPECT_LT(pool(sentences)[1], 0.01F);
}

TEST(Precedence, TheFirstQuestionAnsweredYesNamesTheMessage) {
    const auto p = by_precedence({0.9F, 0.9F, 0, 0, 0.9F});
    EXPECT_FLOAT_EQ(p[0], 0.9F);
    EXPECT_NEAR(p[1], 0.09F, 1e-6);
    float sum = 0;
    for (const float x : p) sum += x;
    EXPECT_NEAR(sum, 1, 1e-6);
}

}  // namespace
}  // namespace whistlestop::optout::classify
