// Exports keying material (RFC 5705) from the secrets of one handshake.
#pragma once

#include <mbedtls/ssl.h>

#include <array>
#include <optional>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe::dtls {

class Exporter {
 public:
  Exporter() = default;
  ~Exporter();
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  /// mbedTLS calls this when it has the secrets, with `exporter` as context.
  static void take(void* exporter, mbedtls_ssl_key_export_type type, const unsigned char* secret,
                   std::size_t size, const unsigned char client_random[32],
                   const unsigned char server_random[32], mbedtls_tls_prf_types prf);

  /// Empty without secrets, and for labels that TLS itself uses.
  std::optional<ByteVector> export_keying_material(std::string_view label,
                                                   std::size_t length) const;

 private:
  std::array<std::uint8_t, 48> master_secret_{};
  std::array<std::uint8_t, 64> randoms_{};
  mbedtls_tls_prf_types prf_ = MBEDTLS_SSL_TLS_PRF_NONE;
};

}  // namespace floe::dtls
