#include "floe/tunnel/server/server_session.h"

#include <algorithm>

#include "floe/tunnel/records/record_reader.h"

namespace floe::tunnel {

ServerSession::ServerSession(Timestamp now, ServerHost& host, Policy& policy,
                             const SessionLimits& limits)
    : host_(host),
      policy_(policy),
      limits_(limits),
      sender_(host, *this, RecordSender::kNoLimit),
      window_(limits.uplink_window),
      heard_at_(now) {}

void ServerSession::handle(Timestamp now, Bytes message) {
  if (is_closed()) return;
  ++stats_.messages;
  if (state_ != State::greeting) heard_at_ = now;
  RecordReader reader{message};
  while (const auto record = reader.next()) {
    if (!*record) {
      return fail(ErrorCode::bad_record, reader.record_type(), 0, to_text(record->error()));
    }
    const auto type = static_cast<RecordType>(reader.record_type());
    const bool is_datagram = traits_of(reader.record_type())->delivery == Delivery::datagram;
    if (is_datagram && state_ != State::greeting && !window_.take(reader.record_size())) {
      return fail(ErrorCode::credit_exceeded, reader.record_type(), id_of(**record), "");
    }
    if (may_handle(type, **record)) {
      std::visit([&](const auto& one) { take(now, one); }, **record);
    }
    if (sender_.is_overflowing()) close(ErrorCode::overloaded, "");
    if (is_closed()) return;
  }
  stats_.unknown_records += reader.unknown_records();
  if (const auto credit = window_.grant()) sender_.control(Credit{*credit});
}

bool ServerSession::may_handle(RecordType type, const Record& record) {
  const auto number = static_cast<std::uint8_t>(type);
  const RecordTraits traits = *traits_of(number);
  if (traits.sender == Sender::server) {
    fail(ErrorCode::wrong_direction, number, id_of(record), "");
  } else if (state_ == State::greeting && type != RecordType::hello) {
    fail(ErrorCode::hello_expected, number, id_of(record), "");
  } else if (state_ != State::greeting && type == RecordType::hello) {
    fail(ErrorCode::hello_repeated, number, 0, "");
  } else if (traits.needs && !agreed_.has(*traits.needs)) {
    refuse(ErrorCode::unsupported, record);
  } else {
    return true;
  }
  return false;
}

void ServerSession::take(Timestamp now, const Hello& hello) {
  const auto number = static_cast<std::uint8_t>(RecordType::hello);
  if (kProtocolVersion < hello.min_version || kProtocolVersion > hello.max_version) {
    return fail(ErrorCode::version, number, 0, "this gateway speaks version 1");
  }
  const auto admission = host_.admit(hello, limits_);
  if (!admission) return fail(admission.error(), number, 0, "");

  limits_ = admission->limits;
  agreed_ = hello.capabilities.common(kServerCapabilities);
  window_ = UplinkWindow{limits_.uplink_window};
  sockets_ =
      SessionSockets{limits_.max_sockets, limits_.max_peers_per_socket, admission->session_id};
  connections_ = SessionConnections{limits_.max_connections};
  state_ = State::open;
  heard_at_ = now;

  ByteVector storage;
  Welcome welcome;
  welcome.capabilities = agreed_;
  welcome.session_id = admission->session_id;
  welcome.max_datagram_size = limits_.max_datagram_size;
  welcome.max_sockets = limits_.max_sockets;
  welcome.max_peers_per_socket = limits_.max_peers_per_socket;
  welcome.uplink_window = limits_.uplink_window;
  welcome.keep_alive_interval = limits_.keep_alive_interval;
  welcome.addresses = BindableAddresses::encode(admission->addresses, storage);
  sender_.control(welcome);
}

void ServerSession::take(Timestamp now, const Ping& ping) {
  const auto stamp = static_cast<Stamp>(now.time_since_epoch().count());
  sender_.control(Pong{ping.opaque, stamp});
  // A session that was busy once must not hold its buffers for hours: a quiet keep-alive interval
  // gives them back.
  const std::uint64_t datagrams = stats_.datagrams_in + stats_.datagrams_out;
  if (datagrams == datagrams_at_ping_) {
    sender_.flush(now);
    sender_.release();
  }
  datagrams_at_ping_ = datagrams;
}

void ServerSession::take(Timestamp now, const Alarm& alarm) {
  alarm_id_ = alarm.id;
  alarm_at_ = alarm.after == kNoAlarm ? kNever : now + alarm.after;
}

void ServerSession::on_writable(Timestamp now) {
  if (is_closed()) return;
  sender_.on_writable(now);
  release_all_held();
}

void ServerSession::flush(Timestamp now) {
  if (is_closed()) return;
  release_all_held();
  sender_.flush(now);
}

Timestamp ServerSession::deadline() const {
  switch (state_) {
    case State::greeting:
      return heard_at_ + limits_.hello_timeout;
    case State::open:
    case State::draining:
      return std::min({heard_at_ + kMissedKeepAlives * limits_.keep_alive_interval, alarm_at_,
                       drops_.deadline()});
    case State::closed:
      return kNever;
  }
  return kNever;
}

void ServerSession::handle_timeout(Timestamp now) {
  if (now < deadline()) return;
  if (state_ == State::greeting) return close(ErrorCode::hello_expected, "no HELLO in time");
  if (now >= heard_at_ + kMissedKeepAlives * limits_.keep_alive_interval) {
    return close(ErrorCode::silent, "");
  }
  if (now >= alarm_at_) {
    alarm_at_ = kNever;
    sender_.control(AlarmFired{alarm_id_});
  }
  drops_.report(now, sender_);
  if (sender_.is_overflowing()) close(ErrorCode::overloaded, "");
}

void ServerSession::go_away(Duration reconnect_in, Duration try_for) {
  if (state_ != State::open) return;
  state_ = State::draining;
  sender_.control(GoAway{reconnect_in, try_for});
}

void ServerSession::close(ErrorCode code, std::string_view text) {
  fail(code, 0, 0, text);
}

SessionStats ServerSession::stats() const {
  SessionStats stats = stats_;
  stats.datagrams_dropped = drops_.total();
  stats.sockets_open = sockets_.size();
  return stats;
}

void ServerSession::fail(ErrorCode code, std::uint8_t about_type, std::uint32_t about_id,
                         std::string_view text) {
  if (is_closed()) return;
  const std::string_view reason = text.empty() ? to_text(code) : text;
  close_all_sockets();
  close_all_connections();
  sender_.clear();
  sender_.control(Error{code, about_type, about_id, reason});
  sender_.flush(heard_at_);
  state_ = State::closed;
  host_.close(close_code(code), reason);
}

void ServerSession::close_all_sockets() {
  for (std::uint16_t id = 1; id <= sockets_.last().value(); ++id) {
    const SocketId socket{id};
    if (sockets_.find(socket) == nullptr) continue;
    sockets_.close(socket);
    host_.close_socket(socket);
  }
}

}  // namespace floe::tunnel
