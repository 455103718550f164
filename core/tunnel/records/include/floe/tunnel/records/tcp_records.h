// Records about TCP connections that the server opens for the client. Needs Capability::tcp.
//
// Each direction has a credit in bytes of its own: a byte and 64 KiB must not cost the same.
#pragma once

#include <string_view>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/record_type.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/wire/byte_writer.h"

namespace floe::tunnel {

class FieldReader;

/// What the connection is for; the server's policy differs. The numbers are those of the record.
enum class TcpKind : std::uint8_t {
  ice = 1,    ///< a peer, with RFC 4571 framing inside; consent as for a datagram socket
  turn = 2,   ///< a TURN server
  turns = 3,  ///< a TURN server over TLS, which the gateway does: a page's module has no roots
};

struct TcpOpen {
  static constexpr RecordType kType = RecordType::tcp_open;

  TcpId connection;
  TcpKind kind = TcpKind::ice;
  TransportAddress remote;
  std::uint32_t window = 0;      ///< bytes that the server may send down, more than none
  std::string_view server_name;  ///< for turns, and only for it

  static TcpOpen parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct TcpOpened {
  static constexpr RecordType kType = RecordType::tcp_opened;

  TcpId connection;
  TransportAddress local;
  std::uint32_t window = 0;  ///< bytes that the client may send up, more than none

  static TcpOpened parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

struct TcpData {
  static constexpr RecordType kType = RecordType::tcp_data;

  TcpId connection;
  Bytes data;  ///< at least a byte

  static TcpData parse(FieldReader& in);
  void write(ByteWriter& out) const;
  /// Of the whole record, exactly.
  std::size_t encoded_size() const;
};

struct TcpCredit {
  static constexpr RecordType kType = RecordType::tcp_credit;

  TcpId connection;
  std::uint32_t bytes = 0;  ///< more than none

  static TcpCredit parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

/// The numbers are those of the record.
enum class TcpCloseReason : std::uint8_t {
  finished = 0,  ///< in order; also the answer to a TCP_CLOSE
  refused = 1,
  unreachable = 2,
  timed_out = 3,
  denied = 4,
  reset = 5,
  tls_failed = 6,  ///< the certificate or the handshake
  limit = 7,
};

inline constexpr std::uint8_t kTcpCloseReasonCount = 8;

/// From either end; also instead of TCP_OPENED.
struct TcpClose {
  static constexpr RecordType kType = RecordType::tcp_close;

  TcpId connection;
  TcpCloseReason reason = TcpCloseReason::finished;

  static TcpClose parse(FieldReader& in);
  void write(ByteWriter& out) const;
};

}  // namespace floe::tunnel
