#pragma once
// Whether a webhook is from Twilio: X-Twilio-Signature over the request as it was received.
//
// base64(HMAC-SHA1(auth token, URL + name and value of every form field, sorted)). Twilio signs no time and no nonce,
// so a captured request verifies for ever: who calls this must drop what was seen before. Names and values are joined
// without a mark between them, so a captured request can also be cut up differently: the parser has to be strict, and
// what was cut so that one text became another's is refused here.

#include <span>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::intake {

// A POST of a form, as received. Nothing of it has been decoded.
struct SignedRequest {
    std::string_view url;  // as the carrier was told it, configured and never taken from Host; with the query
    std::string_view body;
    std::string_view signature;  // the header; empty where there was none
};

// Succeeds if one of `tokens` (several while they are being rotated; empty ones never count) made the signature.
// The port may be missing from the signed URL or stand there as the default, whatever the configured URL says.
// Fault::refused: no signature or a wrong one, or no token. Fault::invalid: a body that is no form.
[[nodiscard]] Result<void> verify_twilio(const SignedRequest& request, std::span<const std::string> tokens);

}  // namespace whistlestop::intake
