#include "tls_trust.h"

#include <utility>

#include "floe/native/system_authorities.h"
#include "tls_config.h"

namespace floe::native {

TlsTrust::TlsTrust(RandomSource& random, std::string ca_file) : ca_file_(std::move(ca_file)) {
  mbedtls_x509_crt_init(&authorities_);
  set_up(config_, MBEDTLS_SSL_IS_CLIENT, random);
  mbedtls_ssl_conf_authmode(&config_, MBEDTLS_SSL_VERIFY_REQUIRED);
}

TlsTrust::~TlsTrust() {
  mbedtls_ssl_config_free(&config_);
  mbedtls_x509_crt_free(&authorities_);
}

const mbedtls_ssl_config* TlsTrust::config() {
  if (!loaded_) {
    loaded_ = true;
    if (load_authorities()) mbedtls_ssl_conf_ca_chain(&config_, &authorities_, nullptr);
  }
  return error_.empty() ? &config_ : nullptr;
}

bool TlsTrust::load_authorities() {
  const std::string system_file = system_authorities_file();
  if (system_file.empty() && ca_file_.empty()) {
    error_ = "this system has no list of trusted authorities; name a file";
    return false;
  }
  // A positive answer is the number of certificates that this mbedTLS does not understand. A system
  // may trust an authority with an exotic key; the other authorities are still good.
  if (!system_file.empty()) mbedtls_x509_crt_parse_file(&authorities_, system_file.c_str());
  if (!ca_file_.empty() && mbedtls_x509_crt_parse_file(&authorities_, ca_file_.c_str()) < 0) {
    error_ = problem_with_authorities(ca_file_);
    return false;
  }
  return true;
}

}  // namespace floe::native
