// Records that carry datagrams: SEND and RECEIVED, each in a full and a short form, and SENT.
//
// The short form names the peer by its id. Queues hold records in the full form only: a peer's id
// may be opened for another peer while a record waits, and the short form would then name the wrong
// peer.
#pragma once

#include <optional>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::tunnel {

/// A clock in microseconds, modulo 2^32: 71 minutes, far longer than a datagram is under way.
using Stamp = std::uint32_t;

inline Stamp stamp_of(Timestamp when) {
  return static_cast<Stamp>(when.time_since_epoch().count());
}

inline constexpr std::uint8_t kFlagStamped = 0x01;  ///< a stamp follows the socket id
inline constexpr std::uint8_t kFlagAtBound = 0x02;  ///< local is left out: the address of BOUND

/// The fields of the short form, in both directions.
void short_fields(auto& io, auto& record) {
  io.id(record.socket);
  io.if_flag(kFlagStamped, record.stamp);
  io.id(record.peer);
  io.payload(record.payload);
}

struct Send {
  static constexpr RecordType kType = RecordType::send;

  SocketId socket;
  std::optional<Stamp> stamp;  ///< the client's clock; asks for SENT
  TransportAddress remote;
  Bytes payload;  ///< at most kMaxDatagramSize bytes

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.if_flag(kFlagStamped, record.stamp);
    io.address(record.remote);
    io.payload(record.payload);
  }
};

struct SendShort {
  static constexpr RecordType kType = RecordType::send_short;

  SocketId socket;
  std::optional<Stamp> stamp;
  PeerId peer;
  Bytes payload;

  static void fields(auto& io, auto& record) { short_fields(io, record); }
};

/// With two IPv6 addresses, the very longest datagrams would make a record longer than
/// kMaxRecordSize, which cannot be sent.
struct Received {
  static constexpr RecordType kType = RecordType::received;

  SocketId socket;
  std::optional<Stamp> stamp;             ///< the server's clock when the datagram came in
  std::optional<TransportAddress> local;  ///< empty: the address of BOUND
  TransportAddress remote;
  Bytes payload;

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.if_flag(kFlagStamped, record.stamp);
    io.unless_flag(kFlagAtBound, record.local);
    io.address(record.remote);
    io.payload(record.payload);
  }
};

/// Received at the address of BOUND from a peer with an id.
struct ReceivedShort {
  static constexpr RecordType kType = RecordType::received_short;

  SocketId socket;
  std::optional<Stamp> stamp;
  PeerId peer;
  Bytes payload;

  static void fields(auto& io, auto& record) { short_fields(io, record); }
};

/// A stamped datagram left the server.
struct Sent {
  static constexpr RecordType kType = RecordType::sent;

  SocketId socket;
  Stamp stamp = 0;  ///< copied from the SEND
  Stamp at = 0;     ///< the server's clock

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.u32(record.stamp);
    io.u32(record.at);
  }
};

}  // namespace floe::tunnel
