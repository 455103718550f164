// The payload of one command, field by field.
//
// Commands come from our own JavaScript. Malformed commands are refused all the same, since a page
// can change anything in its process.
#pragma once

#include <optional>
#include <string_view>

#include "floe/types/address.h"
#include "floe/wire/byte_reader.h"

namespace floe::wasm {

class CommandReader {
 public:
  explicit CommandReader(Bytes payload) : in_(payload) {}

  std::uint8_t u8() { return in_.u8(); }
  std::uint16_t u16() { return in_.u16(); }
  std::uint32_t u32() { return in_.u32(); }
  bool flag() { return in_.u8() != 0; }
  std::string_view text() { return as_text(in_.take(in_.u32())); }
  Bytes rest() { return in_.take(in_.remaining()); }

  /// u8 4 or 6, the bytes of the IP address, u16 port.
  TransportAddress address() {
    const std::size_t size = in_.u8() == 4 ? 4 : 16;
    const auto ip = IpAddress::from_bytes(in_.take(size));
    const std::uint16_t port = in_.u16();
    return {ip.value_or(IpAddress{}), port};
  }

  /// The number of bytes that are not read yet.
  std::size_t size() const { return in_.remaining(); }
  /// Whether all fields read so far were present.
  bool ok() const { return in_.ok(); }

 private:
  ByteReader in_;
};

}  // namespace floe::wasm
