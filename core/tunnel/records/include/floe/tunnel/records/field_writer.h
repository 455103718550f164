// Writes the fields of one record. See FieldReader.
#pragma once

#include <optional>
#include <string_view>

#include "floe/tunnel/records/capability.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/types/address.h"
#include "floe/types/time.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

inline constexpr std::uint8_t kFamilyNone = 0;
inline constexpr std::uint8_t kFamily4 = 4;
inline constexpr std::uint8_t kFamily6 = 6;

class FieldWriter {
 public:
  /// `out` must outlive the writer. It has failed if there was no room.
  explicit FieldWriter(ByteWriter& out) : out_(out) {}

  void u8(std::uint8_t value) { out_.u8(value); }
  void u16(std::uint16_t value) { out_.u16(value); }
  void u32(std::uint32_t value) { out_.u32(value); }
  void u64(std::uint64_t value) { out_.u64(value); }
  void capabilities(Capabilities value) { out_.u32(value.bits()); }
  /// Rounded up to whole milliseconds, so that nothing comes too early; from 0 to 2^32 - 1.
  void milliseconds(Duration value);
  void milliseconds_or_unlimited(Duration value) { milliseconds(value); }
  template <class Id>
  void id(Id value) {
    out_.u16(value.value());
  }
  template <class Id>
  void id_or_none(Id value) {
    out_.u16(value.value());
  }
  template <class Enum>
  void enumerator(Enum value, Enum, Enum) {
    out_.u8(static_cast<std::uint8_t>(value));
  }
  template <class Enum>
  void open_enumerator(Enum value) {
    out_.u16(static_cast<std::uint16_t>(value));
  }

  /// The zone is not written: it has a meaning on one host only.
  void ip(const IpAddress& value);
  void address(const TransportAddress& value);
  void optional_address(const std::optional<TransportAddress>& value);
  template <class Field>
  void if_flag(std::uint8_t, const std::optional<Field>& value) {
    if (value) present(*value);
  }
  template <class Field>
  void unless_flag(std::uint8_t, const std::optional<Field>& value) {
    if (value) present(*value);
  }

  /// Cuts the text to `max_size` <= 255 bytes.
  void text(std::string_view value, std::size_t max_size);
  void host_name(std::string_view value) { text(value, kMaxNameSize); }
  void token(Bytes value);
  void rest(Bytes value) { out_.bytes(value); }
  void payload(Bytes value) { out_.bytes(value); }
  template <class List>
  void list(const List& value) {
    out_.u8(value.size());
    out_.bytes(value.encoded());
  }
  void totals(const DropCounters& value);

  void require(bool, RecordError) {}

 private:
  void present(std::uint32_t value) { out_.u32(value); }
  void present(const TransportAddress& value) { address(value); }

  ByteWriter& out_;
};

}  // namespace floe::tunnel
