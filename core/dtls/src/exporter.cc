#include "exporter.h"

#include <mbedtls/platform_util.h>

#include <algorithm>
#include <string>

namespace floe::dtls {

namespace {

// TLS itself uses these. RFC 5705, section 6: "(1) These entries are reserved and MUST NOT be used
// for the purpose described in RFC 5705".
constexpr std::string_view kReservedLabels[] = {"client finished", "server finished",
                                                "master secret", "extended master secret",
                                                "key expansion"};

}  // namespace

Exporter::~Exporter() {
  mbedtls_platform_zeroize(master_secret_.data(), master_secret_.size());
}

void Exporter::take(void* exporter, mbedtls_ssl_key_export_type type, const unsigned char* secret,
                    std::size_t size, const unsigned char client_random[32],
                    const unsigned char server_random[32], mbedtls_tls_prf_types prf) {
  auto& self = *static_cast<Exporter*>(exporter);
  if (type != MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET || size != self.master_secret_.size()) {
    return;
  }
  std::copy_n(secret, size, self.master_secret_.begin());
  // RFC 5705, section 4: "PRF(SecurityParameters.master_secret, label,
  // SecurityParameters.client_random + SecurityParameters.server_random)[length]".
  std::copy_n(client_random, 32, self.randoms_.begin());
  std::copy_n(server_random, 32, self.randoms_.begin() + 32);
  self.prf_ = prf;
}

std::optional<ByteVector> Exporter::export_keying_material(std::string_view label,
                                                           std::size_t length) const {
  const bool is_reserved = std::ranges::find(kReservedLabels, label) != std::end(kReservedLabels);
  if (prf_ == MBEDTLS_SSL_TLS_PRF_NONE || is_reserved || length == 0) return std::nullopt;
  ByteVector out(length);
  const std::string terminated(label);
  if (mbedtls_ssl_tls_prf(prf_, master_secret_.data(), master_secret_.size(), terminated.c_str(),
                          randoms_.data(), randoms_.size(), out.data(), out.size()) != 0) {
    return std::nullopt;
  }
  return out;
}

}  // namespace floe::dtls
