// The configuration that all TLS sessions of a server share.
#pragma once

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/x509_crt.h>

#include <string>

#include "floe/api/random.h"

namespace floe::native {

class TlsIdentity {
 public:
  /// `random` must outlive this object.
  explicit TlsIdentity(RandomSource& random);
  ~TlsIdentity();
  TlsIdentity(const TlsIdentity&) = delete;
  TlsIdentity& operator=(const TlsIdentity&) = delete;

  /// The first call; false when the PEM files of a certificate with its chain, and of its key,
  /// cannot be used.
  bool load(const std::string& certificate_file, const std::string& key_file);
  const mbedtls_ssl_config& config() const { return config_; }

 private:
  bool offer_tickets();

  RandomSource& random_;
  mbedtls_x509_crt certificate_;
  mbedtls_pk_context key_;
  mbedtls_ssl_ticket_context tickets_;
  mbedtls_ssl_config config_;
};

}  // namespace floe::native
