#include "floe/tunnel/records/field_reader.h"

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

IpAddress FieldReader::ip_of(std::uint8_t family) {
  require(family == kFamily4 || family == kFamily6, RecordError::bad_family);
  const Bytes bytes = in_.take(family == kFamily6 ? 16 : 4);
  return IpAddress::from_bytes(bytes).value_or(IpAddress{});
}

IpAddress FieldReader::ip() {
  return ip_of(in_.u8());
}

TransportAddress FieldReader::address() {
  TransportAddress address;
  address.ip = ip();
  address.port = in_.u16();
  return address;
}

std::optional<TransportAddress> FieldReader::optional_address() {
  const std::uint8_t family = in_.u8();
  if (family == kFamilyNone) return std::nullopt;
  TransportAddress address;
  address.ip = ip_of(family);
  address.port = in_.u16();
  return address;
}

std::string_view FieldReader::text(std::size_t max_size) {
  const std::size_t size = in_.u8();
  require(size <= max_size, RecordError::text_too_long);
  const Bytes bytes = in_.take(size);
  require(is_plain_text(bytes), RecordError::bad_text);
  return as_text(bytes);
}

std::string_view FieldReader::host_name() {
  const std::size_t size = in_.u8();
  require(size <= kMaxNameSize, RecordError::text_too_long);
  const std::string_view name = as_text(in_.take(size));
  require(is_name_text(name), RecordError::bad_name);
  return name;
}

Bytes FieldReader::payload() {
  const Bytes payload = rest();
  require(payload.size() <= kMaxDatagramSize, RecordError::datagram_too_long);
  return payload;
}

std::optional<RecordError> FieldReader::finish() const {
  if (!in_.ok()) return RecordError::missing_fields;
  if (error_) return error_;
  if (in_.remaining() != 0) return RecordError::trailing_bytes;
  return std::nullopt;
}

}  // namespace floe::tunnel
