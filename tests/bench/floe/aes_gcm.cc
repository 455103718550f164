// AES-128-GCM of mbedTLS, as a record of DTLS needs it.
#include <mbedtls/gcm.h>
#include <mbedtls/version.h>

#include <array>

#include "floe/types/bytes.h"
#include "measure/each.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {
namespace {

/// Whether mbedTLS has code for AES instructions, and this processor has them.
bool is_accelerated() {
#if defined(__x86_64__)
  return mbedtls_version_check_feature("MBEDTLS_AESNI_C") == 0 && __builtin_cpu_supports("aes");
#else
  return false;
#endif
}

}  // namespace

void measure_aes_gcm(const Options& options) {
  constexpr std::array<std::uint8_t, 16> kKey{1};
  constexpr std::array<std::uint8_t, 12> kNonce{2};
  constexpr std::array<std::uint8_t, 13> kHeader{3};
  const std::size_t calls = options.count("calls", 200'000);
  const ByteVector plain(options.count("bytes", 1200), 0x80);
  ByteVector sealed(plain.size());
  ByteVector opened(plain.size());
  std::array<std::uint8_t, 16> tag;
  mbedtls_gcm_context gcm;
  mbedtls_gcm_init(&gcm);
  require(mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, kKey.data(), 128) == 0, "no AES-GCM");
  Figures figures;
  figures.add("seal_ns", ns_each(calls, [&] {
                mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, plain.size(), kNonce.data(),
                                          kNonce.size(), kHeader.data(), kHeader.size(),
                                          plain.data(), sealed.data(), tag.size(), tag.data());
              }));
  figures.add("open_ns", ns_each(calls, [&] {
                mbedtls_gcm_auth_decrypt(&gcm, sealed.size(), kNonce.data(), kNonce.size(),
                                         kHeader.data(), kHeader.size(), tag.data(), tag.size(),
                                         sealed.data(), opened.data());
              }));
  mbedtls_gcm_free(&gcm);
  require(opened == plain, "not the same");
  figures.add("accelerated", is_accelerated() ? 1 : 0);
  figures.print();
}

}  // namespace floe::bench
