#pragma once
// A phone texts a sender: the carrier hears its keywords, blocks or lifts, perhaps answers by itself, and tells the
// gateway.

#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/accounts.hpp"
#include "load-tests/simulator/carrier/keywords.hpp"
#include "load-tests/simulator/carrier/texts.hpp"
#include "load-tests/simulator/carrier/webhooks.hpp"
#include "load-tests/simulator/record.hpp"

namespace simulator::carrier {

struct Utterance {
    std::string from;
    std::string to;
    std::string body;
    std::string_view what;  // as the record names it
};

class Listening {
public:
    struct Parts {
        Accounts& accounts;
        Blocks& blocks;
        Sids& sids;
        Webhooks& webhooks;
        Record& record;
    };

    explicit Listening(const Parts& parts) : parts_{parts} {}

    // The id that the text got; empty where `to` is nobody's number.
    std::string hear_from(const Utterance& said);

    [[nodiscard]] std::uint64_t heard() const { return heard_; }
    [[nodiscard]] std::uint64_t answered_by_carrier() const { return answered_by_carrier_; }

private:
    void mind_keywords(const Utterance& said, const Sender& sender, Heard heard);
    void answer_by_carrier(const Utterance& said, Heard heard);

    Parts parts_;
    std::uint64_t heard_ = 0;
    std::uint64_t answered_by_carrier_ = 0;
};

}  // namespace simulator::carrier
