#include "tls_identity.h"

#include "tls_config.h"

namespace floe::native {

TlsIdentity::TlsIdentity(RandomSource& random) : random_(random) {
  mbedtls_x509_crt_init(&certificate_);
  mbedtls_pk_init(&key_);
  set_up(config_, MBEDTLS_SSL_IS_SERVER, random);
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
