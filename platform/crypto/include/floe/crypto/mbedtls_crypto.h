// The one binding of Crypto to mbedTLS, for native hosts, WebAssembly and simulations alike.
#pragma once

#include "floe/api/crypto.h"

namespace floe {

class MbedtlsCrypto final : public Crypto {
 public:
  std::unique_ptr<HmacSha1> hmac_sha1(Bytes key) override;
};

}  // namespace floe
