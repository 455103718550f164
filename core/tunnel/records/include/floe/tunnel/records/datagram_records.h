// Records that carry datagrams: SEND and RECEIVED, each in a full and a short form, and SENT.
//
// The short form names the peer by its id. What waits in a queue is always in the full form, so an
// id that is opened anew meanwhile cannot send a datagram astray.
#pragma once

#include <optional>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// A clock in microseconds, modulo 2^32: 71 minutes, far longer than a datagram is under way.
using Stamp = std::uint32_t;

inline constexpr std::uint8_t kFlagStamped = 0x01;  ///< a stamp follows the socket id
inline constexpr std::uint8_t kFlagAtBound = 0x02;  ///< local is the address of BOUND, left out

struct Send {
  static constexpr RecordType kType = RecordType::send;
  static constexpr std::uint8_t kFlags = kFlagStamped;

  SocketId socket;
  std::optional<Stamp> stamp;  ///< the client's clock; asks for SENT
  TransportAddress remote;
  Bytes payload;

  static Send parse(FieldReader& in);
  void write(ByteWriter& out) const;
  std::uint8_t flags() const { return stamp ? kFlagStamped : std::uint8_t{0}; }
  /// Of the whole record, exactly.
  std::size_t encoded_size() const;
};

struct SendShort {
  static constexpr RecordType kType = RecordType::send_short;
  static constexpr std::uint8_t kFlags = kFlagStamped;

  SocketId socket;
  std::optional<Stamp> stamp;
  PeerId peer;
  Bytes payload;

  static SendShort parse(FieldReader& in);
  void write(ByteWriter& out) const;
  std::uint8_t flags() const { return stamp ? kFlagStamped : std::uint8_t{0}; }
  std::size_t encoded_size() const;
};

struct Received {
  static constexpr RecordType kType = RecordType::received;
  static constexpr std::uint8_t kFlags = kFlagStamped | kFlagAtBound;

  SocketId socket;
  std::optional<Stamp> stamp;             ///< the server's clock when the datagram came in
  std::optional<TransportAddress> local;  ///< empty: the address of BOUND
  TransportAddress remote;
  Bytes payload;

  static Received parse(FieldReader& in);
  void write(ByteWriter& out) const;
  std::uint8_t flags() const;
  /// Above kMaxRecordSize for the very longest datagrams with two IPv6 addresses; then it cannot
  /// be sent.
  std::size_t encoded_size() const;
};

/// Received at the address of BOUND from a peer with an id.
struct ReceivedShort {
  static constexpr RecordType kType = RecordType::received_short;
  static constexpr std::uint8_t kFlags = kFlagStamped;

  SocketId socket;
  std::optional<Stamp> stamp;
  PeerId peer;
  Bytes payload;

  static ReceivedShort parse(FieldReader& in);
  void write(ByteWriter& out) const;
  std::uint8_t flags() const { return stamp ? kFlagStamped : std::uint8_t{0}; }
  std::size_t encoded_size() const;
};

/// A stamped datagram left the server.
struct Sent {
  static constexpr RecordType kType = RecordType::sent;

  SocketId socket;
  Stamp stamp = 0;  ///< of the SEND
  Stamp at = 0;     ///< the server's clock

  static Sent parse(FieldReader& in);
  void write(ByteWriter& out) const;
  std::size_t encoded_size() const;
};

}  // namespace floe::tunnel
