// Records about sockets: BIND, BOUND, CLOSE_SOCKET, SOCKET_CLOSED, DROPPED.
#pragma once

#include <optional>
#include <string_view>

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// Asks for a socket at one of the addresses of WELCOME. Answered by BOUND or SOCKET_CLOSED.
struct Bind {
  static constexpr RecordType kType = RecordType::bind;

  SocketId socket;
  BindRequest request;

  static Bind parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct Bound {
  static constexpr RecordType kType = RecordType::bound;

  SocketId socket;
  TransportAddress local;  ///< stable while the socket lives
  /// Where the Internet sees the socket, if the gateway is configured to know.
  std::optional<TransportAddress> mapped;

  static Bound parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct CloseSocket {
  static constexpr RecordType kType = RecordType::close_socket;

  SocketId socket;

  static CloseSocket parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The numbers are those of the record.
enum class SocketCloseReason : std::uint8_t {
  requested = 0,  ///< the answer to CLOSE_SOCKET
  address_in_use = 1,
  address_not_available = 2,
  denied = 3,
  limit = 4,
  lost = 5,  ///< the socket was bound and then failed
  going_away = 6,
};

inline constexpr std::uint8_t kSocketCloseReasonCount = 7;

SocketCloseReason close_reason_of(BindError error);
BindError bind_error_of(SocketCloseReason reason);

/// The id is free again.
struct SocketClosed {
  static constexpr RecordType kType = RecordType::socket_closed;

  SocketId socket;
  SocketCloseReason reason = SocketCloseReason::requested;

  static SocketClosed parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// Totals of dropped datagrams, sent while they change. Socket 0 stands for what no open socket
/// can be blamed for.
struct Dropped {
  static constexpr RecordType kType = RecordType::dropped;

  SocketId socket;
  DropCounters totals;  ///< reasons of a later version are left out on reading

  static Dropped parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
