// Reads the fields of one record's body, and remembers what was wrong with them.
//
// A parse function reads all its fields and returns a value in any case; finish() then says whether
// that value means anything. A body that is too short is reported as that, not as the nonsense that
// its missing bytes would be.
#pragma once

#include <optional>
#include <string_view>

#include "floe/tunnel/records/record_error.h"
#include "floe/types/address.h"
#include "floe/types/time.h"
#include "floe/wire/byte_reader.h"

namespace floe::tunnel {

class FieldReader {
 public:
  FieldReader(Bytes body, std::uint8_t flags) : in_(body), flags_(flags) {}

  bool flag(std::uint8_t bit) const { return (flags_ & bit) != 0; }

  std::uint8_t u8() { return in_.u8(); }
  std::uint16_t u16() { return in_.u16(); }
  std::uint32_t u32() { return in_.u32(); }
  std::uint64_t u64() { return in_.u64(); }
  Duration milliseconds() { return std::chrono::milliseconds(in_.u32()); }

  Bytes take(std::size_t size) { return in_.take(size); }
  Bytes rest() { return in_.take(in_.remaining()); }
  Bytes unread() const { return in_.rest(); }
  bool ok() const { return in_.ok() && !error_; }

  template <class Id>
  Id id() {
    const Id id{in_.u16()};
    require(id != Id{}, RecordError::zero_id);
    return id;
  }

  IpAddress ip();
  TransportAddress address();
  /// Family 0 stands for none.
  std::optional<TransportAddress> optional_address();

  /// A length in one byte, then UTF-8 without control characters.
  std::string_view text(std::size_t max_size);
  /// As text(), of the characters that host names have; may be empty.
  std::string_view host_name();

  /// The rest, as a datagram.
  Bytes payload();

  /// A byte that is below `count`, as an enumerator.
  template <class Enum>
  Enum enumerator(std::uint8_t count, RecordError otherwise) {
    const std::uint8_t value = in_.u8();
    require(value < count, otherwise);
    return static_cast<Enum>(value);
  }

  void require(bool condition, RecordError otherwise) {
    if (!condition && !error_) error_ = otherwise;
  }

  std::optional<RecordError> finish() const;

 private:
  IpAddress ip_of(std::uint8_t family);

  ByteReader in_;
  std::uint8_t flags_;
  std::optional<RecordError> error_;
};

}  // namespace floe::tunnel
