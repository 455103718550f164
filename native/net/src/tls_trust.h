// Which servers TLS clients believe.
#pragma once

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include <string>

#include "floe/api/random.h"

namespace floe::native {

/// The configuration that all TLS sessions of a host share: authorities, randomness, versions.
///
/// The authorities are read when first needed, since it takes milliseconds and a few hundred kB
/// that a host without TLS need not pay: those of the system, and those of the file that was named.
class TlsTrust {
 public:
  /// `random` must outlive it.
  TlsTrust(RandomSource& random, std::string ca_file);
  ~TlsTrust();
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;

  /// Null when there is nobody to trust; error() says why, for people.
  const mbedtls_ssl_config* config();
  const std::string& error() const { return error_; }

 private:
  bool load_authorities();

  std::string ca_file_;
  bool loaded_ = false;
  std::string error_;
  mbedtls_x509_crt authorities_;
  mbedtls_ssl_config config_;
};

}  // namespace floe::native
