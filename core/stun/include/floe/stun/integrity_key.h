// The key with which one end signs messages and the other end checks them, for one MAC: HMAC-SHA1,
// the only one until RFC 8489, or HMAC-SHA256.
#pragma once

#include <memory>

#include "floe/api/crypto.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"

namespace floe::stun {

class IntegrityKey {
 public:
  /// No key: sign() adds nothing, and check() finds every message wrong.
  IntegrityKey() = default;
  static IntegrityKey sha1(Crypto& crypto, Bytes key);
  static IntegrityKey sha256(Crypto& crypto, Bytes key);

  explicit operator bool() const { return sha1_ || sha256_; }
  void sign(MessageBuilder& message) const;
  IntegrityCheck check(const MessageView& message) const;

 private:
  std::unique_ptr<HmacSha1> sha1_;
  std::unique_ptr<HmacSha256> sha256_;
};

}  // namespace floe::stun
