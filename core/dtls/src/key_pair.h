// A certificate and its private key, as mbedTLS has them.
#pragma once

#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

namespace floe::dtls {

struct KeyPair {
  KeyPair() {
    mbedtls_x509_crt_init(&certificate);
    mbedtls_pk_init(&key);
  }
  ~KeyPair() {
    mbedtls_pk_free(&key);
    mbedtls_x509_crt_free(&certificate);
  }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  mbedtls_x509_crt certificate;
  mbedtls_pk_context key;
};

}  // namespace floe::dtls
