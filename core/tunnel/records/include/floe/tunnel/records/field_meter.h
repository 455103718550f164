// The size of a record's body and the flags of its header, before it is written. See FieldReader.
#pragma once

#include <optional>
#include <string_view>

#include "floe/tunnel/records/capability.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/plain_text.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class FieldMeter {
 public:
  /// Bytes of the body; may be more than a record can have.
  std::size_t size() const { return size_; }
  std::uint8_t flags() const { return flags_; }

  void u8(std::uint8_t) { size_ += 1; }
  void u16(std::uint16_t) { size_ += 2; }
  void u32(std::uint32_t) { size_ += 4; }
  void u64(std::uint64_t) { size_ += 8; }
  void capabilities(Capabilities) { size_ += 4; }
  void milliseconds(Duration) { size_ += 4; }
  void milliseconds_or_unlimited(Duration) { size_ += 4; }
  template <class Id>
  void id(Id) {
    size_ += 2;
  }
  template <class Id>
  void id_or_none(Id) {
    size_ += 2;
  }
  template <class Enum>
  void enumerator(Enum, Enum, Enum) {
    size_ += 1;
  }
  template <class Enum>
  void open_enumerator(Enum) {
    size_ += 2;
  }

  void ip(const IpAddress& value) { size_ += 1 + value.bytes().size(); }
  void address(const TransportAddress& value) { size_ += 1 + value.ip.bytes().size() + 2; }
  void optional_address(const std::optional<TransportAddress>& value) {
    if (value) {
      address(*value);
    } else {
      u8(0);  // family 0: no address
    }
  }
  template <class Field>
  void if_flag(std::uint8_t flag, const std::optional<Field>& value) {
    if (!value) return;
    flags_ |= flag;
    present(*value);
  }
  template <class Field>
  void unless_flag(std::uint8_t flag, const std::optional<Field>& value) {
    if (value) {
      present(*value);
    } else {
      flags_ |= flag;
    }
  }

  void text(std::string_view value, std::size_t max_size) {
    size_ += 1 + cut_text(value, max_size).size();
  }
  void host_name(std::string_view value) { text(value, kMaxNameSize); }
  void token(Bytes value) { size_ += 2 + value.size(); }
  void rest(Bytes value) { size_ += value.size(); }
  void payload(Bytes value) { size_ += value.size(); }
  template <class List>
  void list(const List& value) {
    size_ += 1 + value.encoded().size();
  }
  void totals(const DropCounters& value) {
    size_ += 1;
    value.for_each([this](DropReason, std::uint32_t) { size_ += 1 + 4; });
  }

  void require(bool, RecordError) {}

 private:
  void present(std::uint32_t value) { u32(value); }
  void present(const TransportAddress& value) { address(value); }

  std::size_t size_ = 0;
  std::uint8_t flags_ = 0;
};

}  // namespace floe::tunnel
