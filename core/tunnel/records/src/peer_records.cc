#include "floe/tunnel/records/peer_records.h"

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/field_writer.h"

namespace floe::tunnel {
namespace {

constexpr std::uint8_t kPermissionStateCount = 3;
constexpr std::uint8_t kDenyReasonCount = 6;
constexpr std::uint32_t kForever = 0xffffffff;

Permission read_permission(FieldReader& in) {
  Permission permission;
  permission.state =
      in.enumerator<PermissionState>(kPermissionStateCount, RecordError::unknown_permission);
  permission.reason = in.enumerator<DenyReason>(kDenyReasonCount, RecordError::unknown_reason);
  const std::uint32_t lasts_ms = in.u32();
  permission.lasts =
      lasts_ms == kForever ? kUnlimited : Duration{std::chrono::milliseconds(lasts_ms)};
  return permission;
}

void write_permission(ByteWriter& out, const Permission& permission) {
  out.u8(static_cast<std::uint8_t>(permission.state));
  out.u8(static_cast<std::uint8_t>(permission.reason));
  write_milliseconds(out, permission.lasts);
}

}  // namespace

PeerOpen PeerOpen::parse(FieldReader& in) {
  PeerOpen open;
  open.socket = in.id<SocketId>();
  open.peer = in.id<PeerId>();
  open.remote = in.address();
  return open;
}

void PeerOpen::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u16(peer.value());
  write_address(out, remote);
}

PeerOpened PeerOpened::parse(FieldReader& in) {
  PeerOpened opened;
  opened.socket = in.id<SocketId>();
  opened.peer = in.id<PeerId>();
  opened.permission = read_permission(in);
  return opened;
}

void PeerOpened::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u16(peer.value());
  write_permission(out, permission);
}

PeerClose PeerClose::parse(FieldReader& in) {
  PeerClose close;
  close.socket = in.id<SocketId>();
  close.peer = in.id<PeerId>();
  return close;
}

void PeerClose::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u16(peer.value());
}

PermissionChanged PermissionChanged::parse(FieldReader& in) {
  PermissionChanged changed;
  changed.socket = in.id<SocketId>();
  changed.peer = in.id<PeerId>();
  changed.permission = read_permission(in);
  return changed;
}

void PermissionChanged::write(ByteWriter& out) const {
  out.u16(socket.value());
  out.u16(peer.value());
  write_permission(out, permission);
}

}  // namespace floe::tunnel
