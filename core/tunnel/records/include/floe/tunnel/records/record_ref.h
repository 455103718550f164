// A record of any kind on its way into a buffer.
//
// Buffers take this, so that they exist once and not once for each kind of record. It points at the
// record, which must outlive it: an argument of a function and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/tunnel/records/record_type.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class RecordRef {
 public:
  template <class R>
  requires requires { R::kType; }
  RecordRef(const R& record) : record_(&record), kind_(&kKind<R>) {}  // NOLINT: implicit

  /// With its header. The writer has failed when there was no room.
  void write(ByteWriter& out) const;
  /// Of the whole record, or 0 where only writing it tells.
  std::size_t encoded_size() const;

 private:
  struct Kind {
    RecordType type;
    void (*write_body)(const void* record, ByteWriter& out);
    std::uint8_t (*flags)(const void* record);        // null: it has none
    std::size_t (*encoded_size)(const void* record);  // null: it is not known beforehand
  };

  template <class R>
  static constexpr Kind make_kind() {
    Kind kind{R::kType, [](const void* record, ByteWriter& out) { as<R>(record).write(out); },
              nullptr, nullptr};
    if constexpr (requires(const R& record) { record.flags(); }) {
      kind.flags = [](const void* record) { return as<R>(record).flags(); };
    }
    if constexpr (requires(const R& record) { record.encoded_size(); }) {
      kind.encoded_size = [](const void* record) { return as<R>(record).encoded_size(); };
    }
    return kind;
  }
  template <class R>
  static const R& as(const void* record) {
    return *static_cast<const R*>(record);
  }
  template <class R>
  static constexpr Kind kKind = make_kind<R>();

  const void* record_;
  const Kind* kind_;
};

}  // namespace floe::tunnel
