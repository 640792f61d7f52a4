#include "common/http/tls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <array>

#include "common/base/check.hpp"

namespace whistlestop::http {
namespace {

// True if `host` is an address, which certificates name apart from host names and SNI does not carry.
bool expect_address(SSL* ssl, const std::string& host) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
}

std::string reason_of(SSL* ssl) {
    if (const long verified = SSL_get_verify_result(ssl); verified != X509_V_OK)
        return std::string{"certificate: "} + X509_verify_cert_error_string(verified);
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    return std::string{"tls: "} + (reason != nullptr ? reason : "closed without notice");
}

}  // namespace

Result<TlsContext> open_tls_context(const std::string& ca_file) {
    TlsContext context{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
    check(context != nullptr);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);  // a thousand idle connections hold no buffers
    const int trusted = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                        : SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr);
    ERR_clear_error();
    if (trusted != 1) return fail(Fault::invalid, "cannot read certificates: " + ca_file);
    return context;
}

Tls::Tls(SSL_CTX& context, const std::string& host)
    : ssl_{SSL_new(&context), &SSL_free}, from_peer_{BIO_new(BIO_s_mem())}, to_peer_{BIO_new(BIO_s_mem())} {
    check(ssl_ != nullptr && from_peer_ != nullptr && to_peer_ != nullptr);
    SSL_set_bio(ssl_.get(), from_peer_, to_peer_);
    SSL_set_connect_state(ssl_.get());
    if (!expect_address(ssl_.get(), host)) {
        check(SSL_set1_host(ssl_.get(), host.c_str()) == 1);
        // What the macro SSL_set_tlsext_host_name does, less its old-style cast; the name is copied.
        check(SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                       const_cast<char*>(host.c_str())) == 1);
    }
    ERR_clear_error();
}

bool Tls::start(std::string& wire) {
    const bool ok = shake_hands();
    drain(wire);
    return ok;
}

bool Tls::receive(std::string_view from_peer, std::string& plain, std::string& wire) {
    check(BIO_write(from_peer_, from_peer.data(), static_cast<int>(from_peer.size())) ==
          static_cast<int>(from_peer.size()));
    const bool ok = shake_hands() && (!established() || decrypt(plain));
    drain(wire);
    return ok;
}

bool Tls::send(std::string_view plain, std::string& wire) {
    check(established());
    ERR_clear_error();
    const int written = SSL_write(ssl_.get(), plain.data(), static_cast<int>(plain.size()));
    drain(wire);
    if (written == static_cast<int>(plain.size())) return true;
    error_ = reason_of(ssl_.get());
    return false;
}

bool Tls::established() const { return SSL_is_init_finished(ssl_.get()) == 1; }

bool Tls::peer_closed() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

bool Tls::shake_hands() {
    if (established()) return true;
    ERR_clear_error();
    return settle(SSL_do_handshake(ssl_.get()));
}

bool Tls::decrypt(std::string& plain) {
    std::array<char, 16'384> record;  // the most that TLS puts into one
    for (;;) {
        ERR_clear_error();
        const int bytes = SSL_read(ssl_.get(), record.data(), static_cast<int>(record.size()));
        if (bytes <= 0) return settle(bytes);
        plain.append(record.data(), static_cast<std::size_t>(bytes));
    }
}

bool Tls::settle(int result) {
    if (result > 0) return true;
    const int why = SSL_get_error(ssl_.get(), result);
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_ZERO_RETURN) return true;
    error_ = reason_of(ssl_.get());
    ERR_clear_error();
    return false;
}

void Tls::drain(std::string& wire) {
    const std::size_t pending = BIO_ctrl_pending(to_peer_);
    if (pending == 0) return;
    const std::size_t before = wire.size();
    wire.resize(before + pending);
    check(BIO_read(to_peer_, wire.data() + before, static_cast<int>(pending)) == static_cast<int>(pending));
}

}  // namespace whistlestop::http
