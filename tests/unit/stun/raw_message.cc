#include "stun/raw_message.h"

#include "stun/hex.h"

namespace floe::testing {
namespace {

void append_u16(ByteVector& bytes, std::size_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8 & 0xff));
  bytes.push_back(static_cast<std::uint8_t>(value & 0xff));
}

std::uint32_t crc32(Bytes bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

}  // namespace

RawMessage::RawMessage(std::uint16_t type, std::string_view transaction_id) {
  append_u16(bytes_, type);
  append_u16(bytes_, 0);
  const ByteVector cookie = from_hex("2112a442");
  const ByteVector id = from_hex(transaction_id);
  bytes_.insert(bytes_.end(), cookie.begin(), cookie.end());
  bytes_.insert(bytes_.end(), id.begin(), id.end());
}

void RawMessage::set_length(std::size_t attributes_size) {
  bytes_[2] = static_cast<std::uint8_t>(attributes_size >> 8 & 0xff);
  bytes_[3] = static_cast<std::uint8_t>(attributes_size & 0xff);
}

RawMessage& RawMessage::attribute(std::uint16_t type, Bytes value, std::uint8_t padding) {
  append_u16(bytes_, type);
  append_u16(bytes_, value.size());
  bytes_.insert(bytes_.end(), value.begin(), value.end());
  while (bytes_.size() % 4 != 0) bytes_.push_back(padding);
  set_length(bytes_.size() - stun::kHeaderSize);
  return *this;
}

RawMessage& RawMessage::fill(std::size_t size) {
  const ByteVector value(size - bytes_.size() - stun::kAttributeHeaderSize, 0x16);
  return attribute(0xc070, Bytes(value));
}

RawMessage& RawMessage::attribute(std::uint16_t type, std::string_view hex) {
  return attribute(type, Bytes(from_hex(hex)));
}

RawMessage& RawMessage::integrity(const HmacSha1& key) {
  set_length(bytes_.size() - stun::kHeaderSize + 24);
  const std::array<Bytes, 1> parts{bytes_};
  return attribute(0x0008, Bytes(key.compute(parts)));
}

RawMessage& RawMessage::integrity(const HmacSha256& key, std::size_t size) {
  set_length(bytes_.size() - stun::kHeaderSize + 4 + size);
  const std::array<Bytes, 1> parts{bytes_};
  const Sha256Digest digest = key.compute(parts);
  return attribute(0x001c, Bytes(digest).first(size));
}

RawMessage& RawMessage::fingerprint() {
  set_length(bytes_.size() - stun::kHeaderSize + 8);
  const std::uint32_t value = crc32(bytes_) ^ 0x5354554e;
  const std::array<std::uint8_t, 4> crc{
      static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 0xff),
      static_cast<std::uint8_t>(value >> 8 & 0xff), static_cast<std::uint8_t>(value & 0xff)};
  return attribute(0x8028, Bytes(crc));
}

RawMessage& RawMessage::damage(std::size_t offset, std::uint8_t mask) {
  bytes_[offset % bytes_.size()] ^= mask;
  return *this;
}

}  // namespace floe::testing
