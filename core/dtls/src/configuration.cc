#include "configuration.h"

#include <limits>

#include "draw_random.h"
#include "key_pair.h"

namespace floe::dtls {

namespace {

// RFC 8827, section 6.5: "All implementations MUST support DTLS 1.2 with the
// TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 cipher suite and the P-256 curve". The other suite is for
// peers with RSA certificates, where this build of mbedTLS has RSA.
constexpr int kCiphers[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
#if defined(MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED)
                            MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
#endif
                            0};
constexpr std::uint16_t kGroups[] = {MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
                                     MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
constexpr std::uint16_t kSignatures[] = {MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
#if defined(MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED)
                                         MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
#endif
                                         MBEDTLS_TLS1_3_SIG_NONE};

/// mbedTLS wants an authority before it asks whether a certificate is good. This one has signed
/// nothing. mbedTLS only reads it.
constexpr mbedtls_x509_crt kNoAuthority{};

std::uint32_t in_milliseconds(Duration duration) {
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(duration);
  return static_cast<std::uint32_t>(whole.count());
}

}  // namespace

Configuration::Configuration() {
  mbedtls_ssl_config_init(&config_);
}

Configuration::~Configuration() {
  mbedtls_ssl_config_free(&config_);
}

bool Configuration::set_up(const Certificate& certificate, const Options& options,
                           RandomSource& random) {
  const int end = options.role == Role::client ? MBEDTLS_SSL_IS_CLIENT : MBEDTLS_SSL_IS_SERVER;
  if (mbedtls_ssl_config_defaults(&config_, end, MBEDTLS_SSL_TRANSPORT_DATAGRAM,
                                  MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
    return false;
  }
  mbedtls_ssl_conf_rng(&config_, draw_random, &random);
  restrict_algorithms();
  set_first_timeout(first_timeout(options));
  // RFC 8122, section 6.2: "The server MUST request a certificate; if the client does not provide
  // one, or if the certificate does not match a provided fingerprint, the server endpoint MUST
  // terminate the media connection with a bad_certificate error."
  mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_REQUIRED);
  mbedtls_ssl_conf_ca_chain(&config_, const_cast<mbedtls_x509_crt*>(&kNoAuthority), nullptr);
  if (options.role == Role::server) {
    mbedtls_ssl_conf_cert_req_ca_list(&config_, MBEDTLS_SSL_CERT_REQ_CA_LIST_DISABLED);
    mbedtls_ssl_conf_dtls_cookies(&config_, nullptr, nullptr, nullptr);
  }
  KeyPair& pair = certificate.key_pair();
  return mbedtls_ssl_conf_own_cert(&config_, &pair.certificate, &pair.key) == 0 &&
         offer_srtp(options);
}

void Configuration::restrict_algorithms() {
  mbedtls_ssl_conf_min_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_ciphersuites(&config_, kCiphers);
  mbedtls_ssl_conf_groups(&config_, kGroups);
  mbedtls_ssl_conf_sig_algs(&config_, kSignatures);
#if defined(MBEDTLS_SSL_RENEGOTIATION)
  // RFC 8827, section 6.5: "Implementations MUST NOT implement DTLS renegotiation and MUST reject
  // it with a "no_renegotiation" alert if offered."
  mbedtls_ssl_conf_renegotiation(&config_, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
#if defined(MBEDTLS_SSL_SESSION_TICKETS) && defined(MBEDTLS_SSL_CLI_C)
  mbedtls_ssl_conf_session_tickets(&config_, MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
#endif
}

void Configuration::set_first_timeout(Duration first) {
  mbedtls_ssl_conf_handshake_timeout(&config_, in_milliseconds(first),
                                     std::numeric_limits<std::uint32_t>::max());
}

bool Configuration::offer_srtp(const Options& options) {
  if (options.srtp_profiles.empty()) return true;
  if (options.srtp_profiles.size() >= profiles_.size()) return false;
  std::size_t count = 0;
  for (const SrtpProfile profile : options.srtp_profiles) {
    profiles_[count++] = static_cast<mbedtls_ssl_srtp_profile>(profile);
  }
  profiles_[count] = MBEDTLS_TLS_SRTP_UNSET;
  return mbedtls_ssl_conf_dtls_srtp_protection_profiles(&config_, profiles_.data()) == 0;
}

}  // namespace floe::dtls
