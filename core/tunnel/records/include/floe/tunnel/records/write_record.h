// Writes records, header and body.
#pragma once

#include "floe/tunnel/records/field_meter.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/record_type.h"

namespace floe::tunnel {

/// The size of the whole record, in bytes. A record above kMaxRecordSize cannot be sent.
template <class R>
std::size_t encoded_size(const R& record) {
  FieldMeter meter;
  R::fields(meter, record);
  return kRecordHeaderSize + meter.size();
}

/// `record` must not be longer than kMaxRecordSize. `out` has failed when there was no room.
template <class R>
void write_record(ByteWriter& out, const R& record) {
  FieldMeter meter;
  R::fields(meter, record);
  out.u8(static_cast<std::uint8_t>(R::kType));
  out.u8(meter.flags());
  out.u16(static_cast<std::uint16_t>(meter.size()));
  FieldWriter writer{out};
  R::fields(writer, record);
}

}  // namespace floe::tunnel
