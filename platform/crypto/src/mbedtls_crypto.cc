#include "floe/crypto/mbedtls_crypto.h"

#include "hashes.h"
#include "keyed_hash.h"

namespace floe {

std::unique_ptr<HmacSha1> MbedtlsCrypto::hmac_sha1(Bytes key) {
  return std::make_unique<KeyedHash<Sha1, HmacSha1>>(key);
}

std::unique_ptr<HmacSha256> MbedtlsCrypto::hmac_sha256(Bytes key) {
  return std::make_unique<KeyedHash<Sha256, HmacSha256>>(key);
}

Md5Digest MbedtlsCrypto::md5(std::span<const Bytes> parts) {
  return hash<Md5>(parts);
}

Sha256Digest MbedtlsCrypto::sha256(std::span<const Bytes> parts) {
  return hash<Sha256>(parts);
}

}  // namespace floe
