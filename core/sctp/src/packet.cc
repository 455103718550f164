#include "packet.h"

#include <array>
#include <cstring>

#include "floe/wire/byte_reader.h"
#include "usrsctp_header.h"

namespace floe::sctp {

namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::size_t kChecksumOffset = 8;
// RFC 9260, section 3.3.12: a type, flags and a length.
constexpr std::array<std::uint8_t, 4> kCookieAck{11, 0, 0, 4};
using Checksum = std::uint32_t;

/// RFC 9260, appendix A, in the order of bytes on the wire. `packet` has zeros in its place.
Checksum checksum_of(MutableBytes packet) {
  return usrsctp_crc32c(packet.data(), packet.size());
}

}  // namespace

bool is_packet(const Options& options, Bytes datagram) {
  if (datagram.size() < kHeaderSize) return false;
  ByteReader header(datagram);
  if (header.u16() != options.remote_port || header.u16() != options.local_port) return false;
  Checksum found = 0;
  std::memcpy(&found, datagram.data() + kChecksumOffset, sizeof found);
  ByteVector copy(datagram.begin(), datagram.end());
  std::memset(copy.data() + kChecksumOffset, 0, sizeof found);
  return checksum_of(copy) == found;
}

void write_checksum(MutableBytes packet) {
  const Checksum checksum = checksum_of(packet);
  std::memcpy(packet.data() + kChecksumOffset, &checksum, sizeof checksum);
}

std::optional<ChunkType> first_chunk(Bytes packet) {
  if (packet.size() < kHeaderSize + kCookieAck.size()) return std::nullopt;
  return static_cast<ChunkType>(packet[kHeaderSize]);
}

bool put_cookie_ack(ByteVector& packet, std::size_t size_max) {
  if (packet.size() + kCookieAck.size() > size_max) return false;
  packet.insert(packet.begin() + kHeaderSize, kCookieAck.begin(), kCookieAck.end());
  std::memset(packet.data() + kChecksumOffset, 0, sizeof(Checksum));
  write_checksum(packet);
  return true;
}

}  // namespace floe::sctp
