#include "floe/stun/integrity.h"

#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

/// RFC 8489, sections 14.5 and 14.6: "the Length field of the STUN message header is adjusted to
/// point to the end of" the attribute, whatever follows it.
template <class Hmac>
auto compute(Bytes message, std::size_t integrity_offset, const Hmac& key, std::size_t size) {
  std::array<std::uint8_t, 4> start{message[0], message[1], 0, 0};
  const std::size_t length = integrity_offset + kAttributeHeaderSize + size - kHeaderSize;
  start[2] = static_cast<std::uint8_t>(length >> 8);
  start[3] = static_cast<std::uint8_t>(length & 0xff);
  const std::array<Bytes, 2> parts{Bytes(start),
                                   message.subspan(start.size(), integrity_offset - start.size())};
  return key.compute(parts);
}

IntegrityCheck compare(Bytes expected, Bytes received) {
  return equal_in_constant_time(expected, received) ? IntegrityCheck::valid : IntegrityCheck::wrong;
}

}  // namespace

Sha1Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha1& key) {
  return compute(message, integrity_offset, key, kIntegritySize);
}

Sha256Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha256& key,
                               std::size_t size) {
  return compute(message, integrity_offset, key, size);
}

IntegrityCheck check_integrity(const MessageView& message, const HmacSha1& key) {
  if (!message.has_integrity()) return IntegrityCheck::absent;
  const std::size_t offset = message.integrity_offset();
  const Sha1Digest expected = compute_integrity(message.bytes(), offset, key);
  return compare(expected, message.bytes().subspan(offset + kAttributeHeaderSize, kIntegritySize));
}

IntegrityCheck check_integrity(const MessageView& message, const HmacSha256& key,
                               std::size_t size_min) {
  if (!message.has_integrity_sha256()) return IntegrityCheck::absent;
  const std::size_t offset = message.integrity_sha256_offset();
  const std::size_t size = ByteReader(message.bytes().subspan(offset + 2)).u16();
  if (size < size_min) return IntegrityCheck::wrong;
  const Sha256Digest expected = compute_integrity(message.bytes(), offset, key, size);
  return compare(Bytes(expected).first(size),
                 message.bytes().subspan(offset + kAttributeHeaderSize, size));
}

}  // namespace floe::stun
