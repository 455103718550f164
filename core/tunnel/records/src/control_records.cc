#include "floe/tunnel/records/control_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

Ping Ping::parse(FieldReader& in) {
  return {in.u64()};
}

void Ping::write(ByteWriter& out) const {
  out.u64(opaque);
}

Pong Pong::parse(FieldReader& in) {
  Pong pong;
  pong.opaque = in.u64();
  pong.stamp = in.u32();
  return pong;
}

void Pong::write(ByteWriter& out) const {
  out.u64(opaque);
  out.u32(stamp);
}

GoAway GoAway::parse(FieldReader& in) {
  GoAway go_away;
  go_away.reconnect_in = in.milliseconds();
  go_away.try_for = in.milliseconds();
  return go_away;
}

void GoAway::write(ByteWriter& out) const {
  write_milliseconds(out, reconnect_in);
  write_milliseconds(out, try_for);
}

Error Error::parse(FieldReader& in) {
  Error error;
  error.code = static_cast<ErrorCode>(in.u16());
  error.about_type = in.u8();
  error.about_id = in.u32();
  error.text = in.text(kMaxErrorTextSize);
  return error;
}

void Error::write(ByteWriter& out) const {
  out.u16(static_cast<std::uint16_t>(code));
  out.u8(about_type);
  out.u32(about_id);
  write_text(out, text, kMaxErrorTextSize);
}

Credit Credit::parse(FieldReader& in) {
  const Credit credit{in.u32()};
  in.require(credit.bytes != 0, RecordError::zero_credit);
  return credit;
}

void Credit::write(ByteWriter& out) const {
  out.u32(bytes);
}

Alarm Alarm::parse(FieldReader& in) {
  Alarm alarm;
  alarm.id = in.u32();
  alarm.after = in.milliseconds();
  return alarm;
}

void Alarm::write(ByteWriter& out) const {
  out.u32(id);
  write_milliseconds(out, after);
}

AlarmFired AlarmFired::parse(FieldReader& in) {
  return {in.u32()};
}

void AlarmFired::write(ByteWriter& out) const {
  out.u32(id);
}

}  // namespace floe::tunnel
