// The authorities that TLS clients trust.
#pragma once

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include <string>

#include "floe/api/random.h"

namespace floe::native {

/// The configuration that all TLS sessions of a host share: authorities, randomness, versions.
///
/// The authorities of the system, and of a file if one is named, are read when they are first
/// needed. Reading takes milliseconds and a few hundred kB, which a host without TLS does not pay.
class TlsTrust {
 public:
  /// `random` must outlive this object.
  TlsTrust(RandomSource& random, std::string ca_file);
  ~TlsTrust();
  TlsTrust(const TlsTrust&) = delete;
  TlsTrust& operator=(const TlsTrust&) = delete;

  /// Null when there is no authority to trust; error() says why in a sentence.
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
