#pragma once
// The carrier as its customers see it: Twilio's part of the API that a gateway uses, below /2010-04-01/Accounts/.

#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/delivery.hpp"
#include "load-tests/simulator/carrier/listening.hpp"
#include "load-tests/simulator/carrier/send_call.hpp"

namespace simulator::carrier {

class Carrier {
public:
    struct Parts {
        http::Poster& poster;
        Timers& timers;
        Record& record;
    };

    // Throws BadConfig.
    Carrier(const Parts& parts, const Config& config, ToPhone to_phone);
    Carrier(const Carrier&) = delete;  // its parts refer to each other
    Carrier& operator=(const Carrier&) = delete;

    void handle(const http::Request& request, http::Reply reply);

    // A phone texts a sender; see Listening::hear_from.
    std::string hear_from(const Utterance& said) { return listening_.hear_from(said); }

    [[nodiscard]] Accounts& accounts() { return accounts_; }
    [[nodiscard]] Faults& faults() { return faults_; }
    [[nodiscard]] const SendCalls& calls() const { return calls_; }
    [[nodiscard]] const Delivery& delivery() const { return delivery_; }
    [[nodiscard]] const Webhooks& webhooks() const { return webhooks_; }
    [[nodiscard]] const Listening& listening() const { return listening_; }

private:
    [[nodiscard]] std::string read(const Account& account, std::string_view resource);

    Accounts accounts_;
    Blocks blocks_;
    Faults faults_;
    Texts texts_;
    Sids sids_;
    Webhooks webhooks_;
    Delivery delivery_;
    SendCalls calls_;
    Listening listening_;
};

}  // namespace simulator::carrier
