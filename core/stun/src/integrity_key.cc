#include "floe/stun/integrity_key.h"

namespace floe::stun {

IntegrityKey IntegrityKey::sha1(Crypto& crypto, Bytes key) {
  IntegrityKey made;
  made.sha1_ = crypto.hmac_sha1(key);
  return made;
}

IntegrityKey IntegrityKey::sha256(Crypto& crypto, Bytes key) {
  IntegrityKey made;
  made.sha256_ = crypto.hmac_sha256(key);
  return made;
}

void IntegrityKey::sign(MessageBuilder& message) const {
  if (sha1_) message.add_message_integrity(*sha1_);
  if (sha256_) message.add_message_integrity(*sha256_);
}

IntegrityCheck IntegrityKey::check(const MessageView& message) const {
  if (sha1_) return check_integrity(message, *sha1_);
  if (sha256_) return check_integrity(message, *sha256_);
  return IntegrityCheck::wrong;
}

}  // namespace floe::stun
