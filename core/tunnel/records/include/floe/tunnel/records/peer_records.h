// Records that give a peer a short id, and tell what the server's policy thinks of it.
#pragma once

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/permission.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

struct PeerOpen {
  static constexpr RecordType kType = RecordType::peer_open;

  SocketId socket;
  PeerId peer;
  TransportAddress remote;

  static PeerOpen parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct PeerOpened {
  static constexpr RecordType kType = RecordType::peer_opened;

  SocketId socket;
  PeerId peer;
  Permission permission;

  static PeerOpened parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// Not answered: the id may be opened again at once.
struct PeerClose {
  static constexpr RecordType kType = RecordType::peer_close;

  SocketId socket;
  PeerId peer;

  static PeerClose parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The policy changed its mind about an open peer.
struct PermissionChanged {
  static constexpr RecordType kType = RecordType::permission;

  SocketId socket;
  PeerId peer;
  Permission permission;

  static PermissionChanged parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
