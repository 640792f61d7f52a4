#include "services/intake/authenticate/hmac.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <memory>

#include "common/base/check.hpp"

namespace whistlestop::intake {
namespace {

using Context = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Context new_context() {
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                      &EVP_MAC_free};
    check(algorithm != nullptr);
    Context context{EVP_MAC_CTX_new(algorithm.get()), &EVP_MAC_CTX_free};
    std::string digest = "SHA1";
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                OSSL_PARAM_construct_end()};
    check(context != nullptr && EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1);
    return context;
}

}  // namespace

std::string hmac_sha1_base64(std::string_view key, std::initializer_list<std::string_view> parts) {
    static thread_local const Context context = new_context();  // fetching costs more than hashing
    check(!key.empty());                                        // OpenSSL would go on with the key before
    check(EVP_MAC_init(context.get(), bytes_of(key), key.size(), nullptr) == 1);
    for (const std::string_view part : parts) check(EVP_MAC_update(context.get(), bytes_of(part), part.size()) == 1);
    std::array<unsigned char, 20> mac{};
    std::size_t size = 0;
    check(EVP_MAC_final(context.get(), mac.data(), &size, mac.size()) == 1 && size == mac.size());

    std::array<unsigned char, 29> text{};  // 28 characters and a NUL
    check(EVP_EncodeBlock(text.data(), mac.data(), static_cast<int>(mac.size())) == 28);
    return {text.begin(), text.end() - 1};
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace whistlestop::intake
