#include "floe/stun/message_builder.h"

#include "floe/stun/crc32.h"
#include "floe/stun/integrity.h"

namespace floe::stun {

MessageBuilder::MessageBuilder(MutableBytes buffer, Class message_class, Method method,
                               const TransactionId& id)
    : out_(buffer.first(std::min(buffer.size(), std::size_t{0xffff}))), id_(id) {
  out_.u16(encode_type(message_class, method));
  out_.u16(0);
  out_.u32(kMagicCookie);
  out_.bytes(id);
}

std::size_t MessageBuilder::begin_attribute(AttributeType type) {
  out_.u16(static_cast<std::uint16_t>(type));
  out_.u16(0);
  return out_.size();
}

void MessageBuilder::end_attribute(std::size_t start) {
  const std::size_t size = out_.size() - start;
  out_.patch_u16(start - 2, static_cast<std::uint16_t>(size));
  out_.zeros((4 - size % 4) % 4);
  set_length(out_.size());
}

void MessageBuilder::set_length(std::size_t size) {
  out_.patch_u16(2, static_cast<std::uint16_t>(size - kHeaderSize));
}

MessageBuilder& MessageBuilder::add_message_integrity(const HmacSha1& key) {
  if (!out_.ok()) return *this;
  const Sha1Digest digest = compute_integrity(out_.written(), out_.size(), key);
  const std::size_t start = begin_attribute(AttributeType::message_integrity);
  out_.bytes(digest);
  end_attribute(start);
  return *this;
}

MessageBuilder& MessageBuilder::add_message_integrity(const HmacSha256& key, std::size_t size) {
  if (!out_.ok()) return *this;
  const Sha256Digest digest = compute_integrity(out_.written(), out_.size(), key, size);
  const std::size_t start = begin_attribute(AttributeType::message_integrity_sha256);
  out_.bytes(Bytes(digest).first(size));
  end_attribute(start);
  return *this;
}

MessageBuilder& MessageBuilder::add_fingerprint() {
  if (!out_.ok()) return *this;
  // Section 14.7: the header's length includes FINGERPRINT when the CRC is computed.
  set_length(out_.size() + kAttributeHeaderSize + 4);
  const std::uint32_t crc = crc32(out_.written());
  const std::size_t start = begin_attribute(AttributeType::fingerprint);
  out_.u32(crc ^ kFingerprintXor);
  end_attribute(start);
  return *this;
}

std::optional<Bytes> MessageBuilder::finish() const {
  if (!out_.ok()) return std::nullopt;
  return out_.written();
}

}  // namespace floe::stun
