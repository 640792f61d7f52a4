#pragma once
// Tls: OpenSSL as a pure transformer of bytes; whoever owns the socket moves them. For sources of common/http only.
//
// Apart from the socket, so that the client knows exactly when the first byte of a call goes out. At least TLS 1.2,
// and the peer must prove to be the host that was asked for.

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::http {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

// Fault::invalid when the file cannot be read. Empty: the system's authorities.
[[nodiscard]] Result<TlsContext> open_tls_context(const std::string& ca_file);

class Tls {
public:
    Tls(SSL_CTX& context, const std::string& host);

    // Each appends to `wire` what must be sent to the peer. False: broken, close the socket; error() says why.
    [[nodiscard]] bool start(std::string& wire);
    [[nodiscard]] bool receive(std::string_view from_peer, std::string& plain, std::string& wire);
    [[nodiscard]] bool send(std::string_view plain, std::string& wire);

    [[nodiscard]] bool established() const;
    [[nodiscard]] bool peer_closed() const;  // properly, so an answer that ends here is whole
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    bool shake_hands();
    bool decrypt(std::string& plain);
    bool settle(int result);  // whether OpenSSL merely wants more bytes
    void drain(std::string& wire);

    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    BIO* from_peer_;  // owned by ssl_
    BIO* to_peer_;    // owned by ssl_
    std::string error_;
};

}  // namespace whistlestop::http
