#include "floe/crypto/mbedtls_crypto.h"

#include <mbedtls/sha1.h>

#include <algorithm>

namespace floe {
namespace {

constexpr std::size_t kBlockSize = 64;  // RFC 2104, section 2: B, the block length of SHA-1

/// HMAC on the bare SHA-1 functions: the message digest layer above them costs two thirds more time
/// a message, and carries every other digest into the WebAssembly.
class KeyedSha1 final : public HmacSha1 {
 public:
  explicit KeyedSha1(Bytes key) {
    std::array<std::uint8_t, kBlockSize> block{};
    if (key.size() > kBlockSize) {
      (void)mbedtls_sha1(key.data(), key.size(), block.data());
    } else {
      std::copy(key.begin(), key.end(), block.begin());
    }
    start(inner_, block, 0x36);
    start(outer_, block, 0x5c);
  }

  Sha1Digest compute(std::span<const Bytes> parts) const override {
    mbedtls_sha1_context context;
    mbedtls_sha1_clone(&context, &inner_);
    for (const Bytes part : parts) (void)mbedtls_sha1_update(&context, part.data(), part.size());
    Sha1Digest digest;
    (void)mbedtls_sha1_finish(&context, digest.data());
    mbedtls_sha1_clone(&context, &outer_);
    (void)mbedtls_sha1_update(&context, digest.data(), digest.size());
    (void)mbedtls_sha1_finish(&context, digest.data());
    return digest;
  }

 private:
  static void start(mbedtls_sha1_context& context, std::array<std::uint8_t, kBlockSize> block,
                    std::uint8_t pad) {
    for (std::uint8_t& byte : block) byte ^= pad;
    mbedtls_sha1_init(&context);
    (void)mbedtls_sha1_starts(&context);
    (void)mbedtls_sha1_update(&context, block.data(), block.size());
  }

  mbedtls_sha1_context inner_;
  mbedtls_sha1_context outer_;
};

}  // namespace

std::unique_ptr<HmacSha1> MbedtlsCrypto::hmac_sha1(Bytes key) {
  return std::make_unique<KeyedSha1>(key);
}

}  // namespace floe
