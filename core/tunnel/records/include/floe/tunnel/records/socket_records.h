// Records about sockets: BIND, BOUND, CLOSE_SOCKET, SOCKET_CLOSED, DROPPED.
#pragma once

#include <optional>

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"

namespace floe::tunnel {

/// Asks for a socket at one of the addresses of WELCOME. Answered by BOUND or SOCKET_CLOSED.
struct Bind {
  static constexpr RecordType kType = RecordType::bind;

  SocketId socket;
  BindRequest request;

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.ip(record.request.ip);
    io.u16(record.request.port_min);
    io.u16(record.request.port_max);
    const bool any_port = record.request.port_min == 0 && record.request.port_max == 0;
    const bool is_range =
        record.request.port_min != 0 && record.request.port_min <= record.request.port_max;
    io.require(any_port || is_range, RecordError::bad_range);
  }
};

struct Bound {
  static constexpr RecordType kType = RecordType::bound;

  SocketId socket;
  TransportAddress local;  ///< stable while the socket lives
  /// The socket's public address, if the gateway's configuration has it.
  std::optional<TransportAddress> mapped;

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.address(record.local);
    io.optional_address(record.mapped);
  }
};

struct CloseSocket {
  static constexpr RecordType kType = RecordType::close_socket;

  SocketId socket;

  static void fields(auto& io, auto& record) { io.id(record.socket); }
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

  static void fields(auto& io, auto& record) {
    io.id(record.socket);
    io.enumerator(record.reason, SocketCloseReason::requested, SocketCloseReason::going_away);
  }
};

/// Totals of dropped datagrams, sent while they change. Socket 0 stands for drops that belong to no
/// open socket.
struct Dropped {
  static constexpr RecordType kType = RecordType::dropped;

  SocketId socket;
  DropCounters totals;  ///< reasons of a later version are left out on reading

  static void fields(auto& io, auto& record) {
    io.id_or_none(record.socket);
    io.totals(record.totals);
  }
};

}  // namespace floe::tunnel
