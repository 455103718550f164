#include "floe/tunnel/records/field_reader.h"

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/peer_permission.h"
#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

void FieldReader::milliseconds_or_unlimited(Duration& value) {
  constexpr std::uint32_t kForever = 0xffffffff;
  const std::uint32_t ms = in_.u32();
  value = ms == kForever ? kUnlimited : Duration{std::chrono::milliseconds(ms)};
}

void FieldReader::ip_of(std::uint8_t family, IpAddress& value) {
  require(family == kFamily4 || family == kFamily6, RecordError::bad_family);
  const Bytes bytes = in_.take(family == kFamily6 ? 16 : 4);
  if (const auto ip = IpAddress::from_bytes(bytes)) value = *ip;
}

void FieldReader::ip(IpAddress& value) {
  ip_of(in_.u8(), value);
}

void FieldReader::address(TransportAddress& value) {
  ip(value.ip);
  value.port = in_.u16();
}

void FieldReader::optional_address(std::optional<TransportAddress>& value) {
  const std::uint8_t family = in_.u8();
  if (family == kFamilyNone) return;
  ip_of(family, value.emplace().ip);
  value->port = in_.u16();
}

void FieldReader::text(std::string_view& value, std::size_t max_size) {
  const std::size_t size = in_.u8();
  require(size <= max_size, RecordError::text_too_long);
  const Bytes bytes = in_.take(size);
  require(is_plain_text(bytes), RecordError::bad_text);
  value = as_text(bytes);
}

void FieldReader::host_name(std::string_view& value) {
  const std::size_t size = in_.u8();
  require(size <= kMaxNameSize, RecordError::text_too_long);
  value = as_text(in_.take(size));
  require(is_name_text(value), RecordError::bad_name);
}

void FieldReader::token(Bytes& value) {
  const std::size_t size = in_.u16();
  require(size <= kMaxTokenSize, RecordError::text_too_long);
  value = in_.take(size);
}

void FieldReader::payload(Bytes& value) {
  rest(value);
  require(value.size() <= kMaxDatagramSize, RecordError::datagram_too_long);
}

void FieldReader::totals(DropCounters& value) {
  const std::size_t count = in_.u8();
  for (std::size_t i = 0; i < count && ok(); ++i) {
    const std::uint8_t reason = in_.u8();
    const std::uint32_t total = in_.u32();
    if (reason == 0 || reason > kDropReasonCount) continue;
    value.set(static_cast<DropReason>(reason), total);
  }
}

std::optional<RecordError> FieldReader::finish() const {
  if ((flags_ & ~known_flags_) != 0) return RecordError::unknown_flags;
  if (!in_.ok()) return RecordError::missing_fields;
  if (error_) return error_;
  if (in_.remaining() != 0) return RecordError::trailing_bytes;
  return std::nullopt;
}

}  // namespace floe::tunnel
