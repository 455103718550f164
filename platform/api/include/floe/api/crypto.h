// A host provides the cryptography that STUN needs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "floe/types/bytes.h"

namespace floe {

using Md5Digest = std::array<std::uint8_t, 16>;
using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha256Digest = std::array<std::uint8_t, 32>;

/// HMAC-SHA1 under one key. The constructor does the work for the key once, because an agent
/// authenticates every message of a session with the same two passwords.
class HmacSha1 {
 public:
  virtual ~HmacSha1() = default;
  /// The MAC of the parts, one after another.
  virtual Sha1Digest compute(std::span<const Bytes> parts) const = 0;
};

/// HMAC-SHA256 under one key, made once for the same reason.
class HmacSha256 {
 public:
  virtual ~HmacSha256() = default;
  /// The MAC of the parts, one after another.
  virtual Sha256Digest compute(std::span<const Bytes> parts) const = 0;
};

class Crypto {
 public:
  virtual ~Crypto() = default;
  /// `key` may be of any length and is not kept.
  virtual std::unique_ptr<HmacSha1> hmac_sha1(Bytes key) = 0;
  virtual std::unique_ptr<HmacSha256> hmac_sha256(Bytes key) = 0;
  /// The digests of the parts, one after another. MD5 is no longer safe for signatures, but
  /// long-term credentials still derive their keys with it (RFC 8489, section 18.5.1.1).
  virtual Md5Digest md5(std::span<const Bytes> parts) = 0;
  virtual Sha256Digest sha256(std::span<const Bytes> parts) = 0;
};

}  // namespace floe
