#include "floe/tunnel/records/field_writer.h"

#include <algorithm>
#include <limits>

#include "floe/tunnel/records/plain_text.h"

namespace floe::tunnel {

void write_ip(ByteWriter& out, const IpAddress& ip) {
  out.u8(ip.is_ipv4() ? kFamily4 : kFamily6);
  out.bytes(ip.bytes());
}

void write_address(ByteWriter& out, const TransportAddress& address) {
  write_ip(out, address.ip);
  out.u16(address.port);
}

void write_optional_address(ByteWriter& out, const std::optional<TransportAddress>& address) {
  if (address) {
    write_address(out, *address);
  } else {
    out.u8(kFamilyNone);
  }
}

void write_milliseconds(ByteWriter& out, Duration duration) {
  constexpr std::int64_t kMax = std::numeric_limits<std::uint32_t>::max();
  const std::int64_t us = std::max<std::int64_t>(duration.count(), 0);
  const std::int64_t ms = us / 1000 + (us % 1000 == 0 ? 0 : 1);
  out.u32(static_cast<std::uint32_t>(std::min(ms, kMax)));
}

void write_text(ByteWriter& out, std::string_view text, std::size_t max_size) {
  text = cut_text(text, max_size);
  out.u8(static_cast<std::uint8_t>(text.size()));
  out.bytes(as_bytes(text));
}

}  // namespace floe::tunnel
