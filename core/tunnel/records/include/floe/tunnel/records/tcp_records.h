// Records about TCP connections that the server opens for the client. Needs Capability::tcp.
//
// Each direction has a credit in bytes, not in records, since a record may carry one byte or many.
#pragma once

#include <string_view>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::tunnel {

/// What the connection is for; the server's policy differs. The numbers are those of the record.
enum class TcpKind : std::uint8_t {
  ice = 1,    ///< a peer, with RFC 4571 framing inside; consent as for a datagram socket
  turn = 2,   ///< a TURN server
  turns = 3,  ///< a TURN server over TLS; the gateway does TLS, as a page's module has no root
              ///< certificates
};

struct TcpOpen {
  static constexpr RecordType kType = RecordType::tcp_open;

  TcpId connection;
  TcpKind kind = TcpKind::ice;
  TransportAddress remote;
  std::uint32_t window = 0;      ///< bytes that the server may send down, at least 1
  std::string_view server_name;  ///< for turns, and only for it

  static void fields(auto& io, auto& record) {
    io.id(record.connection);
    io.enumerator(record.kind, TcpKind::ice, TcpKind::turns);
    io.address(record.remote);
    io.u32(record.window);
    io.require(record.window != 0, RecordError::zero);
    io.host_name(record.server_name);
    io.require((record.kind == TcpKind::turns) == !record.server_name.empty(),
               RecordError::misplaced_server_name);
  }
};

struct TcpOpened {
  static constexpr RecordType kType = RecordType::tcp_opened;

  TcpId connection;
  TransportAddress local;
  std::uint32_t window = 0;  ///< bytes that the client may send up, at least 1

  static void fields(auto& io, auto& record) {
    io.id(record.connection);
    io.address(record.local);
    io.u32(record.window);
    io.require(record.window != 0, RecordError::zero);
  }
};

struct TcpData {
  static constexpr RecordType kType = RecordType::tcp_data;

  TcpId connection;
  Bytes data;  ///< at least a byte

  static void fields(auto& io, auto& record) {
    io.id(record.connection);
    io.rest(record.data);
    io.require(!record.data.empty(), RecordError::empty_data);
  }
};

struct TcpCredit {
  static constexpr RecordType kType = RecordType::tcp_credit;

  TcpId connection;
  std::uint32_t bytes = 0;  ///< at least 1

  static void fields(auto& io, auto& record) {
    io.id(record.connection);
    io.u32(record.bytes);
    io.require(record.bytes != 0, RecordError::zero);
  }
};

/// The numbers are those of the record.
enum class TcpCloseReason : std::uint8_t {
  finished = 0,  ///< a normal end; also the answer to a TCP_CLOSE
  refused = 1,
  unreachable = 2,
  timed_out = 3,
  denied = 4,
  reset = 5,
  tls_failed = 6,  ///< the certificate or the handshake
  limit = 7,
};

inline constexpr std::uint8_t kTcpCloseReasonCount = 8;

/// Sent by either end; also sent in place of TCP_OPENED.
struct TcpClose {
  static constexpr RecordType kType = RecordType::tcp_close;

  TcpId connection;
  TcpCloseReason reason = TcpCloseReason::finished;

  static void fields(auto& io, auto& record) {
    io.id(record.connection);
    io.enumerator(record.reason, TcpCloseReason::finished, TcpCloseReason::limit);
  }
};

}  // namespace floe::tunnel
