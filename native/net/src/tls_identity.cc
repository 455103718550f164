#include "tls_identity.h"

#include <array>

#include "tls_config.h"

namespace floe::native {
namespace {

// Its keys change twice in this time. A stolen one opens what was sent in it.
constexpr std::uint32_t kTicketLifetimeSeconds = 3600;

// RFC 9325, section 4.2: forward secrecy and authenticated encryption. The first that the client
// has, too, is taken; CPUs have instructions for AES.
constexpr std::array<int, 7> kServedCiphers{
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    0,
};

// All clients have the first. mbedTLS has tables for its base point: a handshake takes 2.7 ms by
// it, and 3.8 by X25519.
constexpr std::array<std::uint16_t, 4> kServedGroups{
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_X25519,
    MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
    MBEDTLS_SSL_IANA_TLS_GROUP_NONE,
};

}  // namespace

TlsIdentity::TlsIdentity(RandomSource& random) : random_(random) {
  mbedtls_x509_crt_init(&certificate_);
  mbedtls_pk_init(&key_);
  mbedtls_ssl_ticket_init(&tickets_);
  set_up(config_, MBEDTLS_SSL_IS_SERVER, random);
  mbedtls_ssl_conf_groups(&config_, kServedGroups.data());
  mbedtls_ssl_conf_ciphersuites(&config_, kServedCiphers.data());
}

TlsIdentity::~TlsIdentity() {
  mbedtls_ssl_config_free(&config_);
  mbedtls_ssl_ticket_free(&tickets_);
  mbedtls_pk_free(&key_);
  mbedtls_x509_crt_free(&certificate_);
}

bool TlsIdentity::load(const std::string& certificate_file, const std::string& key_file) {
  return mbedtls_x509_crt_parse_file(&certificate_, certificate_file.c_str()) == 0 &&
         mbedtls_pk_parse_keyfile(&key_, key_file.c_str(), nullptr, draw_random, &random_) == 0 &&
         mbedtls_pk_check_pair(&certificate_.pk, &key_, draw_random, &random_) == 0 &&
         mbedtls_ssl_conf_own_cert(&config_, &certificate_, &key_) == 0 && offer_tickets();
}

/// RFC 5077: a client that comes back spares both ends the signature and the key agreement.
bool TlsIdentity::offer_tickets() {
  if (mbedtls_ssl_ticket_setup(&tickets_, draw_random, &random_, MBEDTLS_CIPHER_AES_256_GCM,
                               kTicketLifetimeSeconds) != 0) {
    return false;
  }
  mbedtls_ssl_conf_session_tickets_cb(&config_, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse,
                                      &tickets_);
  return true;
}

}  // namespace floe::native
