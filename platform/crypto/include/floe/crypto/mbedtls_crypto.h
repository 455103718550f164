// The one binding of Crypto to mbedTLS, for native hosts, WebAssembly and simulations alike.
#pragma once

#include "floe/api/crypto.h"

namespace floe {

class MbedtlsCrypto final : public Crypto {
 public:
  std::unique_ptr<HmacSha1> hmac_sha1(Bytes key) override;
  std::unique_ptr<HmacSha256> hmac_sha256(Bytes key) override;
  Md5Digest md5(std::span<const Bytes> parts) override;
  Sha256Digest sha256(std::span<const Bytes> parts) override;
};

}  // namespace floe
