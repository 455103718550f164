// Writes the fields that several records share.
#pragma once

#include <optional>
#include <string_view>

#include "floe/types/address.h"
#include "floe/types/time.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

inline constexpr std::uint8_t kFamilyNone = 0;
inline constexpr std::uint8_t kFamily4 = 4;
inline constexpr std::uint8_t kFamily6 = 6;

inline std::size_t encoded_size(const TransportAddress& address) {
  return 1 + address.ip.bytes().size() + 2;
}

/// The zone stays behind: it means something on one host only.
void write_ip(ByteWriter& out, const IpAddress& ip);
void write_address(ByteWriter& out, const TransportAddress& address);
void write_optional_address(ByteWriter& out, const std::optional<TransportAddress>& address);

/// Rounded up to whole milliseconds, so that nobody comes too early; from 0 to 2^32 - 1.
void write_milliseconds(ByteWriter& out, Duration duration);

/// A length in one byte, then the text, cut to `max_size` <= 255.
void write_text(ByteWriter& out, std::string_view text, std::size_t max_size);

}  // namespace floe::tunnel
