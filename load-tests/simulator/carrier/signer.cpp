#include "load-tests/simulator/carrier/signer.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace simulator::carrier {

namespace {

const unsigned char* octets(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void add(EVP_MAC_CTX* context, std::string_view text) { EVP_MAC_update(context, octets(text), text.size()); }

}  // namespace

Signer::Signer(std::string_view key) {
    EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context_.reset(EVP_MAC_CTX_new(hmac));
    EVP_MAC_free(hmac);
    char digest[] = "SHA1";
    const OSSL_PARAM settings[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
    if (key.empty() || !context_ || EVP_MAC_init(context_.get(), octets(key), key.size(), settings) != 1) {
        throw std::runtime_error{"cannot set up a signer"};
    }
}

std::string Signer::sign(std::string_view url, Fields& fields) const {
    std::ranges::sort(fields, {}, &Fields::value_type::first);
    EVP_MAC_init(context_.get(), nullptr, 0, nullptr);
    add(context_.get(), url);
    for (const auto& [key, value] : fields) {
        add(context_.get(), key);
        add(context_.get(), value);
    }
    std::uint8_t digest[EVP_MAX_MD_SIZE];
    std::size_t size = 0;
    EVP_MAC_final(context_.get(), digest, &size, sizeof digest);
    return base64({reinterpret_cast<const char*>(digest), size});
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // one more: OpenSSL ends it with a zero
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), octets(bytes), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

}  // namespace simulator::carrier
