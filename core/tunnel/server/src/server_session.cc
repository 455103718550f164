#include "floe/tunnel/server/server_session.h"

#include <algorithm>

#include "floe/tunnel/records/parse_record.h"
#include "floe/tunnel/records/record_reader.h"
#include "refusal.h"

namespace floe::tunnel {

ServerSession::ServerSession(Timestamp now, MessageBuilder& messages, ServerHost& host,
                             Policy& policy, const SessionLimits& limits)
    : host_(host),
      limits_(limits),
      sender_(messages, drops_),
      sockets_(host, policy, sender_, drops_),
      lookups_(host, sender_),
      connections_(host, policy, sender_),
      window_(limits.uplink_window),
      heard_at_(now) {}

void ServerSession::handle_message(Timestamp now, Bytes message) {
  if (is_closed()) return;
  ++messages_;
  if (state_ != State::greeting) heard_at_ = now;
  RecordReader reader{message};
  const auto handle_one = [&](const auto& record) {
    handle_record(now, record, reader.record_size());
  };
  while (const auto raw = reader.next_raw()) {
    const auto error = *raw ? parse_any(**raw, handle_one) : std::optional{raw->error()};
    if (error) return fail(ErrorCode::bad_record, reader.record_type(), 0, to_text(*error));
    if (sender_.is_overflowing()) close(ErrorCode::overloaded, "");
    if (is_closed()) return;
  }
  unknown_records_ += reader.unknown_records();
  if (const auto credit = window_.grant()) sender_.control(Credit{*credit});
}

template <class R>
void ServerSession::handle_record(Timestamp now, const R& record, std::size_t size) {
  constexpr RecordTraits kTraits = *define_traits(R::kType);
  constexpr bool kIsHello = R::kType == RecordType::hello;
  const bool is_greeting = state_ == State::greeting;
  if (kTraits.delivery == Delivery::datagram && !is_greeting && !window_.consume(size)) {
    return fail(ErrorCode::credit_exceeded, record);
  }
  if constexpr (kTraits.sender == Sender::server) {
    fail(ErrorCode::wrong_direction, record);
  } else if (is_greeting != kIsHello) {
    fail(is_greeting ? ErrorCode::hello_expected : ErrorCode::hello_repeated, record);
  } else if (kTraits.needs && !agreed_.has(*kTraits.needs)) {
    refuse(sender_, ErrorCode::unsupported, record);
  } else {
    pass_on(now, record);
  }
}

/// Hands the record to the part of the session that has a function for records of this kind.
template <class R>
void ServerSession::pass_on(Timestamp now, const R& record) {
  if constexpr (requires { sockets_.handle(now, record); }) {
    sockets_.handle(now, record);
  } else if constexpr (requires { lookups_.handle(now, record); }) {
    lookups_.handle(now, record);
  } else if constexpr (requires { handle(now, record); }) {
    handle(now, record);
  } else {
    static_assert(
        requires { connections_.handle(now, record); },
        "no part of ServerSession has a handle() for this record");
    connections_.handle(now, record);
  }
}

void ServerSession::handle(Timestamp now, const Hello& hello) {
  if (kProtocolVersion < hello.min_version || kProtocolVersion > hello.max_version) {
    return fail(ErrorCode::version, hello, "this gateway speaks version 1");
  }
  const auto admission = host_.admit(hello, limits_);
  if (!admission) return fail(admission.error().code, hello, admission.error().text);

  limits_ = admission->limits;
  agreed_ = hello.capabilities.common(kServerCapabilities);
  window_ = UplinkWindow{limits_.uplink_window};
  sockets_.start(limits_, admission->session_id, agreed_);
  lookups_.start(limits_);
  connections_.start(limits_);
  state_ = State::open;
  heard_at_ = now;
  welcome(*admission);
}

void ServerSession::welcome(const Admission& admission) {
  ByteVector storage;
  Welcome welcome;
  welcome.capabilities = agreed_;
  welcome.session_id = admission.session_id;
  welcome.max_datagram_size = limits_.max_datagram_size;
  welcome.max_sockets = limits_.max_sockets;
  welcome.max_peers_per_socket = limits_.max_peers_per_socket;
  welcome.uplink_window = limits_.uplink_window;
  welcome.keep_alive_interval = limits_.keep_alive_interval;
  welcome.addresses = BindableAddresses::encode(admission.addresses, storage);
  sender_.control(welcome);
}

void ServerSession::handle(Timestamp now, const Ping& ping) {
  sender_.control(Pong{ping.opaque, stamp_of(now)});
  // A session that was busy once must not hold its buffers for hours: they are freed after a quiet
  // keep-alive interval.
  const std::uint64_t datagrams = sockets_.counters().in + sockets_.counters().out;
  if (datagrams == datagrams_at_ping_) {
    sender_.flush(now);
    sender_.release();
  }
  datagrams_at_ping_ = datagrams;
}

void ServerSession::handle(Timestamp now, const Alarm& alarm) {
  alarm_id_ = alarm.id;
  alarm_at_ = alarm.after == kNoAlarm ? kNever : now + alarm.after;
}

void ServerSession::handle(Timestamp now, const TcpData& data) {
  if (!connections_.handle(now, data)) fail(ErrorCode::credit_exceeded, data);
}

void ServerSession::handle_writable(Timestamp now) {
  if (is_closed()) return;
  sender_.on_writable(now);
  connections_.release_held();
}

void ServerSession::flush(Timestamp now) {
  if (!is_closed()) sender_.flush(now);
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
  sockets_.drain();
  connections_.drain();
  sender_.control(GoAway{reconnect_in, try_for});
}

void ServerSession::close(ErrorCode code, std::string_view text) {
  fail(code, 0, 0, text);
}

SessionStats ServerSession::stats() const {
  const DatagramCounters& datagrams = sockets_.counters();
  const ConnectionCounters& connections = connections_.counters();
  return {.messages = messages_,
          .unknown_records = unknown_records_,
          .datagrams_out = datagrams.out,
          .bytes_out = datagrams.out_bytes,
          .datagrams_in = datagrams.in,
          .bytes_in = datagrams.in_bytes,
          .datagrams_dropped = drops_.total(),
          .dropped = drops_.all(),
          .sockets_open = sockets_.open_count(),
          .connections = connections.opened,
          .tcp_bytes_out = connections.out_bytes,
          .tcp_bytes_in = connections.in_bytes};
}

template <class R>
void ServerSession::fail(ErrorCode code, const R& about, std::string_view text) {
  fail(code, static_cast<std::uint8_t>(R::kType), id_of(about), text);
}

void ServerSession::fail(ErrorCode code, std::uint8_t about_type, std::uint32_t about_id,
                         std::string_view text) {
  if (is_closed()) return;
  const std::string_view reason = text.empty() ? to_text(code) : text;
  sockets_.close_all();
  lookups_.close_all();
  connections_.close_all();
  sender_.clear();
  sender_.control(Error{code, about_type, about_id, reason});
  sender_.flush(heard_at_);
  state_ = State::closed;
  host_.close(close_code(code), reason);
}

}  // namespace floe::tunnel
