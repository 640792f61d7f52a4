#pragma once
// What Twilio's webhooks say, as values. Call it only with what verify_twilio() has passed.
//
// Strict about what we act on, since a signed form can be cut up differently (see authenticate/twilio.hpp): a field
// that is missing, given twice, too long, not UTF-8 or out of its range refuses the whole webhook with Fault::invalid,
// whose detail names field and limit and never holds a value. But nobody may lose a STOP over what only goes with it:
// media and keyword are left out where they cannot be read. Fields that we do not know are ignored: Twilio adds some
// without notice. Field names: Twilio, "Request to your incoming message webhook URL" and "Outbound message status in
// status callbacks".

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/result.hpp"
#include "common/domain/form.hpp"
#include "common/domain/phone.hpp"
#include "common/domain/states.hpp"

namespace whistlestop::intake {

inline constexpr std::size_t body_bytes_max = 16'384;  // Twilio passes on 1,600 characters, of 4 bytes at most
inline constexpr std::size_t media_max = 10;
inline constexpr std::size_t media_url_bytes_max = 2'048;
inline constexpr std::size_t reference_bytes_max = 128;

struct InboundText {
    std::string provider_id;  // unique per account: the same id is the same text, sent again
    Phone from;
    SenderId to;
    std::string body;                // as it came: neither trimmed nor normalised; empty with media alone
    std::vector<std::string> media;  // links, never fetched here
    std::string carrier_keyword;     // STOP, START or HELP where Twilio has handled it and answered; else empty
};

struct DeliveryReport {
    std::string provider_id;
    DeliveryState delivery = DeliveryState::none;  // none: under way, or a word that we do not know
    std::string code;                              // Twilio's error code; empty: none
    std::optional<Phone> to;  // reports need not say, and may say something else (To=2021): then nothing
    std::string reference;    // `ref` of the callback URL, which we gave; opaque; empty: none
};

[[nodiscard]] Result<InboundText> parse_twilio_inbound(const Form& form);

// `query` is that of the callback URL.
[[nodiscard]] Result<DeliveryReport> parse_twilio_status(const Form& form, const Form& query);

}  // namespace whistlestop::intake
