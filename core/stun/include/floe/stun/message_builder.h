// Writes one STUN message into a buffer that the caller owns.
//
// Attributes first, then add_message_integrity(), by SHA-1 before SHA-256 where both are wanted,
// then add_fingerprint(); finish() gives the bytes, or nothing when the buffer was too small.
#pragma once

#include <optional>

#include "floe/api/crypto.h"
#include "floe/stun/attribute_type.h"
#include "floe/stun/message.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

class MessageBuilder {
 public:
  MessageBuilder(MutableBytes buffer, Class message_class, Method method, const TransactionId& id);

  template <class T>
  MessageBuilder& add(const T& attribute) {
    const std::size_t start = begin_attribute(T::kType);
    attribute.write(out_, id_);
    end_attribute(start);
    return *this;
  }

  /// MESSAGE-INTEGRITY over what was added so far (RFC 8489, section 14.5).
  MessageBuilder& add_message_integrity(const HmacSha1& key);
  /// MESSAGE-INTEGRITY-SHA256 (section 14.6), cut to `size`: 16 to 32, and a multiple of 4.
  MessageBuilder& add_message_integrity(const HmacSha256& key, std::size_t size = 32);
  /// FINGERPRINT over all that was added so far (section 14.7); nothing may follow.
  MessageBuilder& add_fingerprint();

  std::optional<Bytes> finish() const;
  /// How many bytes are left for attributes, their headers and padding.
  std::size_t space() const { return out_.space(); }

 private:
  std::size_t begin_attribute(AttributeType type);
  void end_attribute(std::size_t start);
  void set_length(std::size_t size);

  ByteWriter out_;
  TransactionId id_;
};

}  // namespace floe::stun
