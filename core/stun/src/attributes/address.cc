#include "floe/stun/attributes/address.h"

#include <algorithm>
#include <array>

#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

constexpr std::uint8_t kFamilyIpv4 = 0x01;
constexpr std::uint8_t kFamilyIpv6 = 0x02;

/// RFC 8489, section 14.2: the port is XORed with the first 16 bits of the cookie, an address with
/// the cookie and, for IPv6, the transaction id.
using XorPad = std::array<std::uint8_t, 16>;

XorPad xor_pad(const TransactionId& id) {
  XorPad pad{0x21, 0x12, 0xa4, 0x42};
  std::copy(id.begin(), id.end(), pad.begin() + 4);
  return pad;
}

Result<TransportAddress, AttributeError> parse_address(Bytes value, const XorPad& pad) {
  ByteReader reader(value);
  reader.skip(1);
  const std::uint8_t family = reader.u8();
  const std::uint16_t port = reader.u16();
  const std::size_t size = family == kFamilyIpv4 ? 4 : 16;
  if (!reader.ok() || (family != kFamilyIpv4 && family != kFamilyIpv6) ||
      reader.remaining() != size) {
    return AttributeError::malformed;
  }
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < size; ++i) bytes[i] = reader.rest()[i] ^ pad[i];
  const auto ip = IpAddress::from_bytes(Bytes(bytes).first(size));
  return TransportAddress{*ip, static_cast<std::uint16_t>(port ^ (pad[0] << 8 | pad[1]))};
}

void write_address(ByteWriter& out, const TransportAddress& address, const XorPad& pad) {
  out.u8(0);
  out.u8(address.ip.is_ipv4() ? kFamilyIpv4 : kFamilyIpv6);
  out.u16(static_cast<std::uint16_t>(address.port ^ (pad[0] << 8 | pad[1])));
  const Bytes bytes = address.ip.bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) out.u8(bytes[i] ^ pad[i]);
}

}  // namespace

Result<TransportAddress, AttributeError> parse_plain_address(Bytes value) {
  return parse_address(value, XorPad{});
}

void write_plain_address(ByteWriter& out, const TransportAddress& address) {
  write_address(out, address, XorPad{});
}

Result<TransportAddress, AttributeError> parse_xor_address(Bytes value, const TransactionId& id) {
  return parse_address(value, xor_pad(id));
}

void write_xor_address(ByteWriter& out, const TransportAddress& address, const TransactionId& id) {
  write_address(out, address, xor_pad(id));
}

}  // namespace floe::stun
