// The part of Client about what the server sends.
#include "floe/tunnel/client/client.h"
#include "floe/tunnel/records/parse_record.h"
#include "floe/tunnel/records/record_reader.h"

namespace floe::tunnel {

void Client::on_channel_message(MessageKind kind, Bytes message) {
  if (state_ == State::closed) return;
  if (kind == MessageKind::text) {
    return break_off(CloseCause::protocol, ErrorCode::not_binary, to_text(ErrorCode::not_binary));
  }
  const Timestamp now = clock_.now();
  keep_alive_.on_heard(now);
  const std::weak_ptr<char> life = life_;
  RecordReader reader{message};
  while (const auto raw = reader.next_raw()) {
    if (*raw && !may_take(static_cast<RecordType>(reader.record_type()))) return;
    const auto error = *raw ? take(now, **raw) : std::optional{raw->error()};
    if (life.expired() || state_ == State::closed) return;
    if (error) return break_off(CloseCause::protocol, ErrorCode::bad_record, to_text(*error));
    if (sender_.is_overflowing()) {
      return break_off(CloseCause::protocol, ErrorCode::overloaded, to_text(ErrorCode::overloaded));
    }
  }
  stats_.unknown_records += reader.unknown_records();
  if (sender_.has_output()) want_flush();
}

std::optional<RecordError> Client::take(Timestamp now, const RawRecord& raw) {
  const auto take_it = [&](const auto& record) { take(now, record); };
  return parse_one_of<Received, ReceivedShort, Sent, TcpData, TcpCredit, TcpOpened, TcpClose,
                      Credit, Bound, SocketClosed, Dropped, PeerOpened, PermissionChanged, Resolved,
                      AlarmFired, Ping, Pong, Welcome, GoAway, Error>(raw, take_it);
}

bool Client::may_take(RecordType type) {
  const bool anytime = type == RecordType::error || type == RecordType::ping ||
                       type == RecordType::pong || type == RecordType::go_away;
  ErrorCode code{};
  if (traits_of(static_cast<std::uint8_t>(type))->sender == Sender::client) {
    code = ErrorCode::wrong_direction;
  } else if (state_ == State::greeting && type != RecordType::welcome && !anytime) {
    code = ErrorCode::hello_expected;
  } else if (state_ == State::ready && type == RecordType::welcome) {
    code = ErrorCode::hello_repeated;
  } else {
    return true;
  }
  break_off(CloseCause::protocol, code, to_text(code));
  return false;
}

void Client::take(Timestamp now, const Welcome& welcome) {
  if (welcome.version != kProtocolVersion) {
    return break_off(CloseCause::protocol, ErrorCode::version, to_text(ErrorCode::version));
  }
  std::vector<InterfaceAddress> addresses;
  for (BindableAddresses list = welcome.addresses; const auto address = list.next();) {
    addresses.push_back({address->ip, std::string{address->interface_name}});
  }
  welcome_ = welcome;
  welcome_.addresses = {};
  state_ = State::ready;
  lookups_.set_deadlines(now + kLookupPatience);
  sender_.add_credit(welcome.uplink_window);
  keep_alive_.start(now, welcome.keep_alive_interval);
  network_.set(std::move(addresses));
  want_flush();

  const std::weak_ptr<char> life = life_;
  listener_.on_ready();
  if (!life.expired()) network_.notify();
}

void Client::take(Timestamp now, const Ping& ping) {
  sender_.control(Pong{ping.opaque, TunnelClock::stamp_of(now)});
}

void Client::take(Timestamp now, const Pong& pong) {
  const auto round_trip = keep_alive_.on_pong(now, pong.opaque);
  if (!round_trip) return;
  stats_.round_trip = round_trip;
  if (!stats_.min_round_trip || *round_trip < *stats_.min_round_trip) {
    stats_.min_round_trip = round_trip;
  }
  tunnel_clock_.on_pong(now, *round_trip, pong.stamp);
}

void Client::take(Timestamp, const GoAway& go_away) {
  go_away_ = go_away;
  listener_.on_go_away(go_away);
}

void Client::take(Timestamp, const Error& error) {
  ++stats_.errors;
  if (is_fatal(error.code)) {
    // The gateway closes next; its close frame may never come, so keep the words.
    fatal_error_ = error.code;
    fatal_text_ = error.text;
    return;
  }
  if (error.about_type == static_cast<std::uint8_t>(RecordType::resolve)) {
    return refuse_lookup(LookupId{static_cast<std::uint16_t>(error.about_id)}, error.text);
  }
  if (error.about_type == static_cast<std::uint8_t>(RecordType::tcp_open)) {
    return refuse_stream(TcpId{static_cast<std::uint16_t>(error.about_id)}, error.text);
  }
  const SocketId socket_of_peer{static_cast<std::uint16_t>(error.about_id >> 16)};
  if (error.about_type == static_cast<std::uint8_t>(RecordType::peer_open)) {
    ClientSocket* socket = sockets_.find(socket_of_peer);
    const PeerId peer{static_cast<std::uint16_t>(error.about_id & 0xffff)};
    if (socket != nullptr) socket->peers_.on_refused(peer);
  }
}

void Client::take(Timestamp, const Credit& credit) {
  sender_.add_credit(credit.bytes);
}

void Client::take(Timestamp, const AlarmFired& fired) {
  if (fired.id == alarm_id_) listener_.on_alarm();
}

void Client::take(Timestamp, const Bound& bound) {
  ClientSocket* socket = sockets_.find(bound.socket);
  if (socket != nullptr && !socket->local_) socket->become_bound(bound.local, bound.mapped);
}

void Client::take(Timestamp, const SocketClosed& closed) {
  const std::size_t index = closed.socket.value();
  if (index < gateway_drops_.size()) {
    gateway_drops_[index].for_each([&](DropReason reason, std::uint32_t count) {
      stats_.dropped_by_gateway.add(reason, count);
    });
    gateway_drops_[index] = {};
  }
  sender_.forget(closed.socket);
  ClientSocket* socket = sockets_.release(closed.socket);
  if (socket != nullptr) socket->fail(bind_error_of(closed.reason));
}

void Client::take(Timestamp, const Dropped& dropped) {
  if (!sockets_.is_known(dropped.socket)) return;  // a gateway cannot make the list grow
  const std::size_t index = dropped.socket.value();
  if (index >= gateway_drops_.size()) gateway_drops_.resize(index + 1);
  gateway_drops_[index] = dropped.totals;
}

void Client::take(Timestamp, const PeerOpened& opened) {
  ClientSocket* socket = sockets_.find(opened.socket);
  if (socket != nullptr) socket->peers_.on_opened(opened.peer, opened.permission);
}

void Client::take(Timestamp, const PermissionChanged& changed) {
  ClientSocket* socket = sockets_.find(changed.socket);
  if (socket != nullptr) socket->peers_.on_permission(changed.peer, changed.permission);
}

}  // namespace floe::tunnel
