// Gathers the events of one turn into one batch, which JavaScript takes whole.
//
// The batch starts with its own length (u32, not counting itself), so that one pointer is enough
// to hand it over. Its memory is reused from turn to turn.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "record_kind.h"

namespace floe::wasm {

class EventWriter {
 public:
  /// Ends the record before it, if there was one.
  EventWriter& begin(Event kind, std::uint32_t handle, std::uint16_t extra = 0);

  EventWriter& u8(std::uint8_t value);
  EventWriter& u16(std::uint16_t value);
  EventWriter& u32(std::uint32_t value);
  EventWriter& text(std::string_view value);
  /// u8 4 or 6, the bytes of the IP address, u16 port.
  EventWriter& address(const TransportAddress& value);
  EventWriter& bytes(Bytes value);

  /// The batch, or nullptr when nothing happened. It lives until clear() or the next begin().
  const std::uint8_t* batch();
  void clear();

 private:
  void integer(std::uint64_t value, std::size_t size);
  void patch_u32(std::size_t offset, std::size_t value);
  void end_record();

  ByteVector buffer_;
  std::size_t record_offset_ = 0;  // of the open record; 0 is none
};

}  // namespace floe::wasm
