#include "tls_identity.h"

namespace floe::native {
namespace {

int draw_random(void* source, unsigned char* out, std::size_t size) {
  static_cast<RandomSource*>(source)->fill({out, size});
  return 0;
}

}  // namespace

TlsIdentity::TlsIdentity(RandomSource& random) : random_(random) {
  mbedtls_x509_crt_init(&certificate_);
  mbedtls_pk_init(&key_);
  mbedtls_ssl_config_init(&config_);
  mbedtls_ssl_config_defaults(&config_, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
                              MBEDTLS_SSL_PRESET_DEFAULT);
  mbedtls_ssl_conf_rng(&config_, draw_random, &random);
  // RFC 8446 needs a key store that all threads of a process share: see TcpStreams.
  mbedtls_ssl_conf_min_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(&config_, MBEDTLS_SSL_VERSION_TLS1_2);
}

TlsIdentity::~TlsIdentity() {
  mbedtls_ssl_config_free(&config_);
  mbedtls_pk_free(&key_);
  mbedtls_x509_crt_free(&certificate_);
}

bool TlsIdentity::load(const std::string& certificate_file, const std::string& key_file) {
  return mbedtls_x509_crt_parse_file(&certificate_, certificate_file.c_str()) == 0 &&
         mbedtls_pk_parse_keyfile(&key_, key_file.c_str(), nullptr, draw_random, &random_) == 0 &&
         mbedtls_pk_check_pair(&certificate_.pk, &key_, draw_random, &random_) == 0 &&
         mbedtls_ssl_conf_own_cert(&config_, &certificate_, &key_) == 0;
}

void TlsIdentityDeleter::operator()(TlsIdentity* identity) const {
  delete identity;
}

TlsIdentityPointer load_tls_identity(RandomSource& random, const std::string& certificate_file,
                                     const std::string& key_file) {
  TlsIdentityPointer identity(new TlsIdentity(random));
  if (!identity->load(certificate_file, key_file)) return nullptr;
  return identity;
}

}  // namespace floe::native
