#include "floe/tunnel/records/field_writer.h"

#include <algorithm>
#include <limits>

#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

void FieldWriter::milliseconds(Duration value) {
  constexpr std::int64_t kMax = std::numeric_limits<std::uint32_t>::max();
  const std::int64_t us = std::max<std::int64_t>(value.count(), 0);
  const std::int64_t ms = us / 1000 + (us % 1000 == 0 ? 0 : 1);
  out_.u32(static_cast<std::uint32_t>(std::min(ms, kMax)));
}

void FieldWriter::ip(const IpAddress& value) {
  out_.u8(value.is_ipv4() ? kFamily4 : kFamily6);
  out_.bytes(value.bytes());
}

void FieldWriter::address(const TransportAddress& value) {
  ip(value.ip);
  out_.u16(value.port);
}

void FieldWriter::optional_address(const std::optional<TransportAddress>& value) {
  if (value) {
    address(*value);
  } else {
    out_.u8(kFamilyNone);
  }
}

void FieldWriter::text(std::string_view value, std::size_t max_size) {
  value = cut_text(value, max_size);
  out_.u8(static_cast<std::uint8_t>(value.size()));
  out_.bytes(as_bytes(value));
}

void FieldWriter::token(Bytes value) {
  out_.u16(static_cast<std::uint16_t>(value.size()));
  out_.bytes(value);
}

void FieldWriter::totals(const DropCounters& value) {
  std::uint8_t count = 0;
  value.for_each([&](DropReason, std::uint32_t) { ++count; });
  out_.u8(count);
  value.for_each([&](DropReason reason, std::uint32_t total) {
    out_.u8(static_cast<std::uint8_t>(reason));
    out_.u32(total);
  });
}

}  // namespace floe::tunnel
