#include "floe/tunnel/record.h"

#include "field_reader.h"

namespace floe::tunnel {
namespace {

template <class R>
constexpr std::uint8_t known_flags() {
  if constexpr (requires { R::kFlags; }) {
    return R::kFlags;
  } else {
    return 0;
  }
}

template <class R>
Result<Record, RecordError> parse_as(std::uint8_t flags, Bytes body) {
  if ((flags & ~known_flags<R>()) != 0) return RecordError::unknown_flags;
  FieldReader fields{body, flags};
  const R record = R::parse(fields);
  if (const auto error = fields.finish()) return *error;
  return Record{record};
}

template <class R>
std::uint32_t id_in(const R& record) {
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

}  // namespace

Result<Record, RecordError> parse_body(const RecordHeader& header, Bytes body) {
  const std::uint8_t flags = header.flags;
  switch (static_cast<RecordType>(header.type)) {
    case RecordType::hello:
      return parse_as<Hello>(flags, body);
    case RecordType::welcome:
      return parse_as<Welcome>(flags, body);
    case RecordType::ping:
      return parse_as<Ping>(flags, body);
    case RecordType::pong:
      return parse_as<Pong>(flags, body);
    case RecordType::go_away:
      return parse_as<GoAway>(flags, body);
    case RecordType::error:
      return parse_as<Error>(flags, body);
    case RecordType::credit:
      return parse_as<Credit>(flags, body);
    case RecordType::alarm:
      return parse_as<Alarm>(flags, body);
    case RecordType::alarm_fired:
      return parse_as<AlarmFired>(flags, body);
    case RecordType::bind:
      return parse_as<Bind>(flags, body);
    case RecordType::bound:
      return parse_as<Bound>(flags, body);
    case RecordType::close_socket:
      return parse_as<CloseSocket>(flags, body);
    case RecordType::socket_closed:
      return parse_as<SocketClosed>(flags, body);
    case RecordType::dropped:
      return parse_as<Dropped>(flags, body);
    case RecordType::peer_open:
      return parse_as<PeerOpen>(flags, body);
    case RecordType::peer_opened:
      return parse_as<PeerOpened>(flags, body);
    case RecordType::peer_close:
      return parse_as<PeerClose>(flags, body);
    case RecordType::permission:
      return parse_as<PermissionChanged>(flags, body);
    case RecordType::send:
      return parse_as<Send>(flags, body);
    case RecordType::send_short:
      return parse_as<SendShort>(flags, body);
    case RecordType::received:
      return parse_as<Received>(flags, body);
    case RecordType::received_short:
      return parse_as<ReceivedShort>(flags, body);
    case RecordType::sent:
      return parse_as<Sent>(flags, body);
    case RecordType::resolve:
      return parse_as<Resolve>(flags, body);
    case RecordType::resolved:
      return parse_as<Resolved>(flags, body);
    case RecordType::tcp_open:
      return parse_as<TcpOpen>(flags, body);
    case RecordType::tcp_opened:
      return parse_as<TcpOpened>(flags, body);
    case RecordType::tcp_data:
      return parse_as<TcpData>(flags, body);
    case RecordType::tcp_credit:
      return parse_as<TcpCredit>(flags, body);
    case RecordType::tcp_close:
      return parse_as<TcpClose>(flags, body);
  }
  return RecordError::unknown_kind;
}

RecordType type_of(const Record& record) {
  return std::visit([](const auto& one) { return one.kType; }, record);
}

std::uint32_t id_of(const Record& record) {
  return std::visit([](const auto& one) { return id_in(one); }, record);
}

}  // namespace floe::tunnel
