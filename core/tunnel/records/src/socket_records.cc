#include "floe/tunnel/records/socket_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"

namespace floe::tunnel {

SocketCloseReason close_reason_of(BindError error) {
  switch (error) {
    case BindError::address_in_use:
      return SocketCloseReason::address_in_use;
    case BindError::address_not_available:
      return SocketCloseReason::address_not_available;
    case BindError::denied:
      return SocketCloseReason::denied;
    case BindError::limit:
      return SocketCloseReason::limit;
    case BindError::closed:
      return SocketCloseReason::lost;
  }
  return SocketCloseReason::lost;
}

BindError bind_error_of(SocketCloseReason reason) {
  switch (reason) {
    case SocketCloseReason::address_in_use:
      return BindError::address_in_use;
    case SocketCloseReason::address_not_available:
      return BindError::address_not_available;
    case SocketCloseReason::denied:
      return BindError::denied;
    case SocketCloseReason::limit:
      return BindError::limit;
    case SocketCloseReason::requested:
    case SocketCloseReason::lost:
    case SocketCloseReason::going_away:
      return BindError::closed;
  }
  return BindError::closed;
}

Bind Bind::parse(FieldReader& in) {
  Bind bind;
  bind.socket = in.id<SocketId>();
  bind.request.ip = in.ip();
  bind.request.port_min = in.u16();
  bind.request.port_max = in.u16();
  const bool any_port = bind.request.port_min == 0 && bind.request.port_max == 0;
  in.require(
      any_port || (bind.request.port_min != 0 && bind.request.port_min <= bind.request.port_max),
      RecordError::bad_port_range);
  return bind;
}

void Bind::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_ip(out, request.ip);
  out.u16(request.port_min);
  out.u16(request.port_max);
}

Bound Bound::parse(FieldReader& in) {
  Bound bound;
  bound.socket = in.id<SocketId>();
  bound.local = in.address();
  bound.mapped = in.optional_address();
  return bound;
}

void Bound::write(ByteWriter& out) const {
  out.u16(socket.value());
  write_address(out, local);
  write_optional_address(out, mapped);
}

CloseSocket CloseSocket::parse(FieldReader& in) {
  return {in.id<SocketId>()};
}

void CloseSocket::write(ByteWriter& out) const {
  out.u16(socket.value());
}

SocketClosed SocketClosed::parse(FieldReader& in) {
  SocketClosed closed;
  closed.socket = in.id<SocketId>();
  closed.reason =
      in.enumerator<SocketCloseReason>(kSocketCloseReasonCount, RecordError::unknown_reason);
  return closed;
}

void SocketClosed::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u8(static_cast<std::uint8_t>(reason));
}

Dropped Dropped::parse(FieldReader& in) {
  Dropped dropped;
  dropped.socket = SocketId{in.u16()};
  const std::size_t count = in.u8();
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    const std::uint8_t reason = in.u8();
    const std::uint32_t total = in.u32();
    if (reason == 0 || reason > kDropReasonCount) continue;
    dropped.totals.set(static_cast<DropReason>(reason), total);
  }
  return dropped;
}

void Dropped::write(ByteWriter& out) const {
  out.u16(socket.value());
  std::uint8_t count = 0;
  totals.for_each([&](DropReason, std::uint32_t) { ++count; });
  out.u8(count);
  totals.for_each([&](DropReason reason, std::uint32_t total) {
    out.u8(static_cast<std::uint8_t>(reason));
    out.u32(total);
  });
}

}  // namespace floe::tunnel
