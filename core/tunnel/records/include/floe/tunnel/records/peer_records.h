// Records that give a peer a short id, and records that tell the server's policy about the peer.
#pragma once

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/peer_permission.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"

namespace floe::tunnel {

struct PeerOpen {
  static constexpr RecordType kType = RecordType::peer_open;

  SocketId socket;
  PeerId peer;
  TransportAddress remote;

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.id(record.peer);
    io.address(record.remote);
  }
};

/// The fields that PEER_OPENED and PERMISSION have.
void permission_fields(auto& io, auto& record) {
  io.id(record.socket);
  io.id(record.peer);
  io.enumerator(record.permission.state, PermissionState::pending, PermissionState::denied);
  io.enumerator(record.permission.reason, DenyReason::none, DenyReason::quota);
  io.milliseconds_or_unlimited(record.permission.lasts);
}

struct PeerOpened {
  static constexpr RecordType kType = RecordType::peer_opened;

  SocketId socket;
  PeerId peer;
  PeerPermission permission;

  static void fields(auto& io, auto& record) { permission_fields(io, record); }
};

/// Not answered: the id may be opened again at once.
struct PeerClose {
  static constexpr RecordType kType = RecordType::peer_close;

  SocketId socket;
  PeerId peer;

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.id(record.peer);
  }
};

/// The policy changed its permission for an open peer.
struct PermissionChanged {
  static constexpr RecordType kType = RecordType::permission;

  SocketId socket;
  PeerId peer;
  PeerPermission permission;

  static void fields(auto& io, auto& record) { permission_fields(io, record); }
};

}  // namespace floe::tunnel
