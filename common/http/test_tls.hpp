#pragma once
// The TLS side of a peer, for the tests of this folder: a certificate made on the spot, and a script that speaks TLS.

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "common/http/test_sockets.hpp"

namespace whistlestop::http::test {

// A key, and a certificate for `names` ("DNS:localhost") that it signs itself; as a file it is its own authority.
class Identity {
public:
    explicit Identity(const std::string& names, const std::string& path) : path_{path} {
        X509_set_version(certificate_.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_.get()), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate_.get()), 3600);
        X509_NAME* name = X509_get_subject_name(certificate_.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
        X509_set_issuer_name(certificate_.get(), name);
        X509_set_pubkey(certificate_.get(), key_.get());
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
        X509_add_ext(certificate_.get(), extension, -1);
        X509_EXTENSION_free(extension);
        X509_sign(certificate_.get(), key_.get(), EVP_sha256());
        const std::unique_ptr<FILE, int (*)(FILE*)> file{std::fopen(path.c_str(), "w"), &std::fclose};
        PEM_write_X509(file.get(), certificate_.get());
    }
    Identity(const Identity&) = delete;
    Identity& operator=(const Identity&) = delete;
    ~Identity() { std::remove(path_.c_str()); }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }
    [[nodiscard]] X509* certificate() const { return certificate_.get(); }

private:
    std::string path_;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{EVP_EC_gen("P-256"), &EVP_PKEY_free};
    std::unique_ptr<X509, decltype(&X509_free)> certificate_{X509_new(), &X509_free};
};

// The server's end of a TLS connection, after its handshake.
class TlsSocket {
public:
    TlsSocket(SSL* ssl, Socket& socket) : ssl_{ssl}, socket_{socket} {}

    // Empty at the end.
    std::string receive_until(std::string_view mark) {
        std::string text;
        std::array<char, 4096> bytes;
        while (!text.contains(mark)) {
            const int got = SSL_read(ssl_, bytes.data(), static_cast<int>(bytes.size()));
            if (got <= 0) return {};
            text.append(bytes.data(), static_cast<std::size_t>(got));
        }
        return text;
    }
    void send(std::string_view text) { SSL_write(ssl_, text.data(), static_cast<int>(text.size())); }
    void say_goodbye() { SSL_shutdown(ssl_); }
    void hang_up() { socket_.close(); }

private:
    SSL* ssl_;
    Socket& socket_;
};

// Runs `script` on connections whose handshake succeeded.
inline Peer::Script over_tls(const Identity& identity, std::function<void(TlsSocket)> script) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that are closed
    const std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    SSL_CTX_use_certificate(context.get(), identity.certificate());
    SSL_CTX_use_PrivateKey(context.get(), identity.key());
    return [context, script = std::move(script)](Socket socket) {
        const std::unique_ptr<SSL, decltype(&SSL_free)> ssl{SSL_new(context.get()), &SSL_free};
        SSL_set_fd(ssl.get(), socket.fd());
        if (SSL_accept(ssl.get()) == 1) script(TlsSocket{ssl.get(), socket});
    };
}

}  // namespace whistlestop::http::test
