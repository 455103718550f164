#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
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

template <class T>
Result<T, AttributeError> parse_tie_breaker(Bytes value) {
  if (value.size() != 8) return AttributeError::malformed;
  return T{ByteReader(value).u64()};
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

Result<Priority, AttributeError> Priority::parse(Bytes value, const MessageView&) {
  if (value.size() != 4) return AttributeError::malformed;
  const std::uint32_t priority = ByteReader(value).u32();
  // RFC 8445, section 5.1.2: "a positive integer between 1 and (2**31 - 1)".
  if (priority == 0 || priority > 0x7fffffff) return AttributeError::malformed;
  return Priority{priority};
}

Result<UseCandidate, AttributeError> UseCandidate::parse(Bytes value, const MessageView&) {
  if (!value.empty()) return AttributeError::malformed;
  return UseCandidate{};
}

Result<IceControlled, AttributeError> IceControlled::parse(Bytes value, const MessageView&) {
  return parse_tie_breaker<IceControlled>(value);
}

Result<IceControlling, AttributeError> IceControlling::parse(Bytes value, const MessageView&) {
  return parse_tie_breaker<IceControlling>(value);
}

Result<Nomination, AttributeError> Nomination::parse(Bytes value, const MessageView& message) {
  if (!message.has_integrity() && !message.has_integrity_sha256()) return AttributeError::absent;
  if (value.size() != 4) return AttributeError::malformed;
  return Nomination{ByteReader(value).u32()};
}

Result<std::string_view, AttributeError> parse_text(Bytes value, std::size_t size_max) {
  if (value.size() > size_max) return AttributeError::malformed;
  return as_text(value);
}

Result<ErrorCode, AttributeError> ErrorCode::parse(Bytes value, const MessageView&) {
  ByteReader reader(value);
  reader.skip(2);
  const unsigned hundreds = reader.u8() & 0x07u;
  const unsigned number = reader.u8();
  // RFC 8489, section 14.8: "The Class represents the hundreds digit of the error code. The value
  // MUST be between 3 and 6. The Number represents the binary encoding of the error code modulo
  // 100, and its value MUST be between 0 and 99."
  if (!reader.ok() || hundreds < 3 || hundreds > 6 || number > 99 ||
      reader.remaining() > kReasonReadSizeMax) {
    return AttributeError::malformed;
  }
  return ErrorCode{static_cast<std::uint16_t>(hundreds * 100 + number), as_text(reader.rest())};
}

void ErrorCode::write(ByteWriter& out, const TransactionId&) const {
  out.u16(0);
  out.u8(static_cast<std::uint8_t>(code / 100));
  out.u8(static_cast<std::uint8_t>(code % 100));
  out.bytes(as_bytes(reason.substr(0, kReasonSizeMax)));
}

Result<UnknownAttributes, AttributeError> UnknownAttributes::parse(Bytes value,
                                                                   const MessageView&) {
  if (value.size() % 2 != 0) return AttributeError::malformed;
  UnknownAttributes unknown;
  ByteReader reader(value);
  while (reader.remaining() > 0 && unknown.count < unknown.types.size()) {
    unknown.types[unknown.count++] = reader.u16();
  }
  return unknown;
}

void UnknownAttributes::write(ByteWriter& out, const TransactionId&) const {
  for (std::size_t i = 0; i < count; ++i) out.u16(types[i]);
}

}  // namespace floe::stun
