#pragma once
// X-Twilio-Signature: base64(HMAC-SHA1(auth token, URL + each form field's key and value, sorted by key)).

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/form.hpp"

namespace simulator::carrier {

// Throws std::runtime_error where OpenSSL has no HMAC-SHA1 or the key is empty.
class Signer {
public:
    explicit Signer(std::string_view key);

    // `fields` may come in any order; they are sorted here.
    [[nodiscard]] std::string sign(std::string_view url, Fields& fields) const;

private:
    struct Free {
        void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
    };

    std::unique_ptr<EVP_MAC_CTX, Free> context_;  // keyed once; each signature starts it anew
};

[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace simulator::carrier
