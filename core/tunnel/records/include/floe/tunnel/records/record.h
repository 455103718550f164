// One record of floe.tunnel.1, read or to be written (PROTOCOL.md).
//
// Records are views: texts, payloads and lists point into the message they were read from. There is
// one parser for both directions, since a session must be able to say "wrong direction".
#pragma once

#include <optional>
#include <variant>

#include "floe/tunnel/records/control_records.h"
#include "floe/tunnel/records/datagram_records.h"
#include "floe/tunnel/records/name_records.h"
#include "floe/tunnel/records/peer_records.h"
#include "floe/tunnel/records/record_error.h"
#include "floe/tunnel/records/session_records.h"
#include "floe/tunnel/records/socket_records.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/result.h"

namespace floe::tunnel {

using Record =
    std::variant<Hello, Welcome, Ping, Pong, GoAway, Error, Credit, Alarm, AlarmFired, Bind, Bound,
                 CloseSocket, SocketClosed, Dropped, PeerOpen, PeerOpened, PeerClose,
                 PermissionChanged, Send, SendShort, Received, ReceivedShort, Sent, Resolve,
                 Resolved, TcpOpen, TcpOpened, TcpData, TcpCredit, TcpClose>;

// A record is copied on its way to its handler; it must stay cheap.
static_assert(sizeof(Record) <= 144);

/// Whether `holds` is true of each kind of record: holds.operator()<R>().
template <class Holds>
constexpr bool of_each_record(Holds holds) {
  return [&]<class... R>(const std::variant<R...>*) {
    return (holds.template operator()<R>() && ...);
  }(static_cast<const Record*>(nullptr));
}

static_assert(of_each_record([]<class R>() {
                return traits_of(static_cast<std::uint8_t>(R::kType)).has_value();
              }),
              "define_traits() and kRecordTraits must know each record");

struct RecordHeader {
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint16_t length = 0;  ///< of the body
};

/// A record whose body has not been read yet.
struct RawRecord {
  RecordHeader header;
  Bytes body;
};

/// Reads the body of a record of any kind.
Result<Record, RecordError> parse_record(const RawRecord& raw);

RecordType type_of(const Record& record);

/// The id by which ERROR names a record: the id of its socket, connection, lookup or alarm; for a
/// peer, the peer's id with the socket's id in the upper 16 bits; 0 when the record has no id.
template <class R>
constexpr std::uint32_t id_of(const R& record) {
  if constexpr (requires { record.socket, record.peer; }) {
    return std::uint32_t{record.socket.value()} << 16 | record.peer.value();
  } else if constexpr (requires { record.socket; }) {
    return record.socket.value();
  } else if constexpr (requires { record.connection; }) {
    return record.connection.value();
  } else if constexpr (requires { record.lookup; }) {
    return record.lookup.value();
  } else if constexpr (requires { record.id; }) {
    return record.id;
  } else {
    return 0;
  }
}
std::uint32_t id_of(const Record& record);

}  // namespace floe::tunnel
