// What a host provides: the cryptography that STUN needs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "floe/types/bytes.h"

namespace floe {

using Sha1Digest = std::array<std::uint8_t, 20>;

/// HMAC-SHA1 under one key. Making it does the key's share of the work once, since an agent
/// authenticates every message of a session with the same two passwords.
class HmacSha1 {
 public:
  virtual ~HmacSha1() = default;
  /// The MAC of the parts, one after another.
  virtual Sha1Digest compute(std::span<const Bytes> parts) const = 0;
};

class Crypto {
 public:
  virtual ~Crypto() = default;
  /// `key` may be of any length and is not kept.
  virtual std::unique_ptr<HmacSha1> hmac_sha1(Bytes key) = 0;
};

}  // namespace floe
