#include "floe/stun/attributes/error_code.h"

#include "floe/wire/byte_reader.h"

namespace floe::stun {

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
