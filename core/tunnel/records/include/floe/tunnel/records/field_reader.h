// Reads the fields of one record's body, and remembers the first thing that is wrong with them.
//
// Each record lists its fields once, in `static void fields(auto& io, auto& record)`. `io` is a
// FieldReader, which fills the record in, a FieldMeter, which says how long it will be, or a
// FieldWriter. The three have the same functions, one for each kind of field in PROTOCOL.md.
//
// All fields are read in any case; finish() then says whether the record is valid. A body that is
// too short is reported as too short, not as wrong values in the missing bytes.
#pragma once

#include <optional>
#include <string_view>

#include "floe/tunnel/records/capability.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/types/address.h"
#include "floe/types/time.h"
#include "floe/wire/byte_reader.h"

namespace floe::tunnel {

class FieldReader {
 public:
  FieldReader(Bytes body, std::uint8_t flags) : in_(body), flags_(flags) {}

  void u8(std::uint8_t& value) { value = in_.u8(); }
  void u16(std::uint16_t& value) { value = in_.u16(); }
  void u32(std::uint32_t& value) { value = in_.u32(); }
  void u64(std::uint64_t& value) { value = in_.u64(); }
  void capabilities(Capabilities& value) { value = Capabilities{in_.u32()}; }
  void milliseconds(Duration& value) { value = std::chrono::milliseconds(in_.u32()); }
  /// As milliseconds(), where the largest number stands for kUnlimited.
  void milliseconds_or_unlimited(Duration& value);

  template <class Id>
  void id(Id& value) {
    id_or_none(value);
    require(value != Id{}, RecordError::zero);
  }
  template <class Id>
  void id_or_none(Id& value) {
    value = Id{in_.u16()};
  }

  /// One byte from `first` to `last`.
  template <class Enum>
  void enumerator(Enum& value, Enum first, Enum last) {
    value = static_cast<Enum>(in_.u8());
    require(value >= first && value <= last, RecordError::unknown_value);
  }
  /// Two bytes; a later version may use more values.
  template <class Enum>
  void open_enumerator(Enum& value) {
    value = static_cast<Enum>(in_.u16());
  }

  void ip(IpAddress& value);
  void address(TransportAddress& value);
  /// Family 0 stands for none.
  void optional_address(std::optional<TransportAddress>& value);

  /// A field that is there when `flag` is set.
  template <class Field>
  void if_flag(std::uint8_t flag, std::optional<Field>& value) {
    known_flags_ |= flag;
    if ((flags_ & flag) != 0) present(value.emplace());
  }
  /// A field that is there unless `flag` is set.
  template <class Field>
  void unless_flag(std::uint8_t flag, std::optional<Field>& value) {
    known_flags_ |= flag;
    if ((flags_ & flag) == 0) present(value.emplace());
  }

  /// A length in one byte, then UTF-8 without control characters.
  void text(std::string_view& value, std::size_t max_size);
  /// As text(), but only with the characters of host names; may be empty.
  void host_name(std::string_view& value);
  /// A length in two bytes, then any bytes.
  void token(Bytes& value);
  /// The rest of the body.
  void rest(Bytes& value) { value = in_.take(in_.remaining()); }
  /// The rest of the body, as a datagram.
  void payload(Bytes& value);

  /// A count in one byte, then the entries of an AddressList.
  template <class List>
  void list(List& value) {
    value = List::parse(*this);
  }
  /// A count in one byte, then reasons and totals. Reasons of a later version are left out.
  void totals(DropCounters& value);

  void require(bool condition, RecordError otherwise) {
    if (!condition && !error_) error_ = otherwise;
  }

  Bytes unread() const { return in_.rest(); }
  bool ok() const { return in_.ok() && !error_; }
  /// The first error in the record, if there is one.
  std::optional<RecordError> finish() const;

 private:
  void present(std::uint32_t& value) { u32(value); }
  void present(TransportAddress& value) { address(value); }
  void ip_of(std::uint8_t family, IpAddress& value);

  ByteReader in_;
  std::uint8_t flags_;
  std::uint8_t known_flags_ = 0;
  std::optional<RecordError> error_;
};

}  // namespace floe::tunnel
