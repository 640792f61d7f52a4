#include "load-tests/simulator/carrier/signer.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace simulator::carrier {
namespace {

namespace json = boost::json;

json::array published_vectors() {
    std::ifstream file{SIMULATOR_TESTDATA "/twilio-signatures.json"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    return json::parse(text).at("vectors").as_array();
}

std::string text_of(const json::value& value) { return std::string{value.as_string()}; }

TEST(Signer, GivesEveryPublishedSignature) {
    const json::array vectors = published_vectors();
    ASSERT_EQ(vectors.size(), 27U);
    for (const json::value& vector : vectors) {
        Fields fields;
        for (const json::value& pair : vector.at("params").as_array()) {
            fields.emplace_back(text_of(pair.at(0)), text_of(pair.at(1)));
        }
        const Signer signer{text_of(vector.at("auth_token"))};
        EXPECT_EQ(signer.sign(text_of(vector.at("signed_url")), fields), text_of(vector.at("signature")))
            << text_of(vector.at("id"));
    }
}

TEST(Signer, ASecondSignatureOwesNothingToTheFirst) {
    const Signer signer{"key"};
    Fields some{{"a", "1"}};
    Fields others{{"b", "2"}};
    const std::string first = signer.sign("http://x", some);
    EXPECT_NE(signer.sign("http://x", others), first);
    EXPECT_EQ(signer.sign("http://x", some), first);
}

TEST(Signer, AnEmptyKeySignsNothing) { EXPECT_THROW(Signer{""}, std::runtime_error); }

}  // namespace
}  // namespace simulator::carrier
