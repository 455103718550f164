// The configuration that all TLS sessions of a server share.
#pragma once

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include "floe/native/tls_server.h"

namespace floe::native {

class TlsIdentity {
 public:
  /// `random` must outlive this object.
  explicit TlsIdentity(RandomSource& random);
  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  /// The first call; false when the files cannot be used.
  bool load(const std::string& certificate_file, const std::string& key_file);
  const mbedtls_ssl_config& config() const { return config_; }

 private:
  RandomSource& random_;
  mbedtls_x509_crt certificate_;
  mbedtls_pk_context key_;
  mbedtls_ssl_config config_;
};

}  // namespace floe::native
