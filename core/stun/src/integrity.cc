#include "floe/stun/integrity.h"

#include "floe/wire/byte_writer.h"

namespace floe::stun {

Sha1Digest compute_integrity(Bytes message, std::size_t integrity_offset, const HmacSha1& key) {
  // RFC 8489, section 14.5: "the Length field of the STUN message header is adjusted to point to
  // the end of the MESSAGE-INTEGRITY attribute", whatever follows it.
  std::array<std::uint8_t, 4> start{message[0], message[1], 0, 0};
  const std::size_t length = integrity_offset + kAttributeHeaderSize + kIntegritySize - kHeaderSize;
  start[2] = static_cast<std::uint8_t>(length >> 8);
  start[3] = static_cast<std::uint8_t>(length & 0xff);
  const std::array<Bytes, 2> parts{Bytes(start),
                                   message.subspan(start.size(), integrity_offset - start.size())};
  return key.compute(parts);
}

IntegrityCheck check_integrity(const MessageView& message, const HmacSha1& key) {
  if (!message.has_integrity()) return IntegrityCheck::absent;
  const std::size_t offset = message.integrity_offset();
  const Sha1Digest expected = compute_integrity(message.bytes(), offset, key);
  const Bytes received = message.bytes().subspan(offset + kAttributeHeaderSize, kIntegritySize);
  return equal_in_constant_time(expected, received) ? IntegrityCheck::valid : IntegrityCheck::wrong;
}

}  // namespace floe::stun
