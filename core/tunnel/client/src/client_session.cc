#include "client_session.h"

#include <algorithm>

#include "floe/tunnel/records/parse_record.h"
#include "server_records.h"

namespace floe::tunnel {
namespace {

constexpr std::string_view kClosed = "the connection to the gateway is closed";
constexpr std::string_view kNoNames =
    "the gateway does not resolve host names; give the server's IP address";
constexpr std::string_view kNoConnections = "the gateway does not support TCP connections";

}  // namespace

void ClientSession::handle_channel_open(Timestamp now) {
  if (state_ != State::connecting) return;
  state_ = State::greeting;
  welcome_deadline_ = now + kWelcomeTimeout;
  Hello hello;
  hello.capabilities =
      Capabilities{}.with(Capability::alarms).with(Capability::resolve).with(Capability::tcp);
  if (time_stamps_) hello.capabilities = hello.capabilities.with(Capability::time_stamps);
  hello.token = Bytes{token_}.first(std::min(token_.size(), kMaxTokenSize));
  uplink_.control(hello);
  uplink_.want_flush();
}

void ClientSession::handle_channel_closed(std::uint16_t code, std::string_view reason) {
  if (state_ == State::closed) return;
  uplink_.close();
  finish(farewell_.of_channel(code, reason, is_ready()));
}

void ClientSession::handle_channel_drained(Timestamp now) {
  if (state_ != State::closed) uplink_.handle_channel_drained(now);
}

void ClientSession::handle_message(Timestamp now, Bytes message) {
  if (state_ == State::closed) return;
  keep_alive_.on_heard(now);
  message_at_ = now;
  reader_.emplace(message);
}

void ClientSession::handle_text_message(Timestamp now) {
  if (state_ != State::closed) break_off(now, ErrorCode::not_binary);
}

void ClientSession::set_alarm(Timestamp when) {
  alarm_.set(when);
  uplink_.want_flush();
}

void ClientSession::flush(Timestamp now) {
  uplink_.begin_turn();
  if (state_ == State::closed) return fail_everything();
  if (state_ == State::ready) {
    sockets_.bind_waiting();
    if (capabilities_.has(Capability::resolve)) {
      lookups_.ask_waiting();
    } else {
      lookups_.fail_all(kNoNames);
    }
    const bool opens = capabilities_.has(Capability::tcp);
    connections_.open_waiting(opens ? std::string_view() : kNoConnections);
  }
  connections_.flush();
  turn_end_ = now;
}

void ClientSession::close(Timestamp now) {
  if (state_ == State::closed) return;
  if (state_ == State::ready) uplink_.flush(now);
  channel_unwanted_ = ChannelUnwanted{1000, ""};
  fail_everything();
}

Timestamp ClientSession::deadline() const {
  return std::min({session_deadline(), lookups_.deadline(), connections_.deadline()});
}

Timestamp ClientSession::session_deadline() const {
  switch (state_) {
    case State::greeting:
      return welcome_deadline_;
    case State::ready:
      return keep_alive_.deadline();
    case State::connecting:  // the channel decides how long it tries
    case State::closed:
      return kNever;
  }
  return kNever;
}

void ClientSession::handle_timeout(Timestamp now) {
  lookups_.handle_timeout(now);
  connections_.handle_timeout(now);
  if (now < session_deadline()) return;
  if (state_ == State::greeting) return break_off(now, ErrorCode::silent, "no WELCOME in time");
  switch (keep_alive_.handle_timeout(now)) {
    case KeepAlive::Action::none:
      return;
    case KeepAlive::Action::give_up:
      return break_off(now, ErrorCode::silent);
    case KeepAlive::Action::ping:
      uplink_.control(Ping{keep_alive_.opaque()});
      uplink_.want_flush();
  }
}

const ClientOutput* ClientSession::poll_output() {
  for (;;) {
    const Bytes message = uplink_.next_message();
    if (!message.empty()) return &(channel_output_ = MessageToSend{message});
    if (channel_unwanted_) {
      if (uplink_.continue_flush()) continue;
      uplink_.close();
      return &(channel_output_ = *std::exchange(channel_unwanted_, std::nullopt));
    }
    if (const ClientOutput* event = events_.poll()) return event;
    if (turn_end_) end_turn();
    if (!uplink_.continue_flush() && !read_record()) return nullptr;
  }
}

/// The events of flush() have been polled: data that their listeners sent belongs to this turn.
void ClientSession::end_turn() {
  const Timestamp now = *std::exchange(turn_end_, std::nullopt);
  if (state_ == State::closed) return;
  if (state_ == State::ready && capabilities_.has(Capability::alarms)) {
    if (const auto alarm = alarm_.poll(now)) uplink_.control(*alarm);
  }
  uplink_.flush(now);
}

ClientStats ClientSession::stats() const {
  ClientStats stats = stats_;
  stats.dropped = uplink_.dropped();
  stats.dropped_by_gateway = sockets_.gateway_drops();
  return stats;
}

/// Reads the next record of the message. False when there is none.
bool ClientSession::read_record() {
  if (!reader_) return false;
  const auto raw = reader_->next_raw();
  if (!raw) {
    stats_.unknown_records += reader_->unknown_records();
    reader_.reset();
    if (uplink_.has_output()) uplink_.want_flush();
    return false;
  }
  std::optional<RecordError> error;
  if (*raw) {
    const ErrorCode objection = objection_to(static_cast<RecordType>(reader_->record_type()));
    if (objection != ErrorCode{}) {
      break_off(message_at_, objection);
      return true;
    }
    error = handle(**raw);
  } else {
    error = raw->error();
  }
  if (state_ == State::closed) return true;
  if (error) {
    break_off(message_at_, ErrorCode::bad_record, to_text(*error));
  } else if (uplink_.is_overflowing()) {
    break_off(message_at_, ErrorCode::overloaded);
  }
  return true;
}

/// Why a record of that type is not allowed now; ErrorCode{} when it is.
ErrorCode ClientSession::objection_to(RecordType type) const {
  const bool anytime = type == RecordType::error || type == RecordType::ping ||
                       type == RecordType::pong || type == RecordType::go_away;
  if (traits_of(static_cast<std::uint8_t>(type))->sender == Sender::client) {
    return ErrorCode::wrong_direction;
  }
  if (state_ == State::greeting && type != RecordType::welcome && !anytime) {
    return ErrorCode::hello_expected;
  }
  if (state_ == State::ready && type == RecordType::welcome) return ErrorCode::hello_repeated;
  return {};
}

/// Hands the record to the part of the session that handles it, unless its fields are wrong.
std::optional<RecordError> ClientSession::handle(const RawRecord& raw) {
  const auto handle_it = [this](const auto& record) {
    if constexpr (requires { sockets_.handle(message_at_, record); }) {
      sockets_.handle(message_at_, record);
    } else if constexpr (requires { connections_.handle(message_at_, record); }) {
      connections_.handle(message_at_, record);
    } else if constexpr (requires { lookups_.handle(message_at_, record); }) {
      lookups_.handle(message_at_, record);
    } else {
      handle(message_at_, record);
    }
  };
  return parse_alternative(static_cast<const FromServer*>(nullptr), raw, handle_it);
}

void ClientSession::handle(Timestamp now, const Welcome& welcome) {
  if (welcome.version != kProtocolVersion) return break_off(now, ErrorCode::version);
  state_ = State::ready;
  capabilities_ = welcome.capabilities;
  sockets_.handle_welcome(welcome);
  lookups_.handle_welcome(now);
  uplink_.add_credit(welcome.uplink_window);
  keep_alive_.start(now, welcome.keep_alive_interval);
  uplink_.want_flush();
  events_.push(SessionReady{welcome.addresses});
  events_.push(AddressesChanged{});
}

void ClientSession::handle(Timestamp now, const Ping& ping) {
  uplink_.control(Pong{ping.opaque, stamp_of(now)});
}

void ClientSession::handle(Timestamp now, const Pong& pong) {
  const auto round_trip = keep_alive_.on_pong(now, pong.opaque);
  if (!round_trip) return;
  stats_.round_trip = round_trip;
  ++stats_.round_trips;
  tunnel_clock_.on_pong(now, *round_trip, pong.stamp);
}

void ClientSession::handle(Timestamp, const GoAway& go_away) {
  farewell_.handle(go_away);
  events_.push(GoingAway{go_away});
}

void ClientSession::handle(Timestamp, const Error& error) {
  ++stats_.errors;
  if (is_fatal(error.code)) return farewell_.handle_fatal(error);
  const auto id = static_cast<std::uint16_t>(error.about_id);
  switch (static_cast<RecordType>(error.about_type)) {
    case RecordType::resolve:
      return lookups_.handle_refused(LookupId{id}, error.text);
    case RecordType::tcp_open:
      return connections_.handle_refused(TcpId{id}, error.text);
    case RecordType::peer_open: {
      const SocketId socket{static_cast<std::uint16_t>(error.about_id >> 16)};
      return sockets_.handle_peer_refused(socket, PeerId{id});
    }
    default:
      return;
  }
}

void ClientSession::handle(Timestamp, const Credit& credit) {
  uplink_.add_credit(credit.bytes);
}

void ClientSession::handle(Timestamp, const AlarmFired& fired) {
  if (alarm_.is_current(fired)) events_.push(AlarmCame{});
}

void ClientSession::handle(Timestamp, const Sent& sent) {
  const auto delay = tunnel_clock_.uplink(sent.stamp, sent.at);
  if (delay) stats_.uplink_delay = delay;
}

void ClientSession::handle(Timestamp now, const TcpData& data) {
  if (!connections_.handle_data(data)) break_off(now, ErrorCode::credit_exceeded);
}

/// Ends the session because of a fault of the gateway, and tells the gateway.
void ClientSession::break_off(Timestamp now, ErrorCode code, std::string_view reason) {
  uplink_.clear();
  uplink_.control(Error{code, 0, 0, reason});
  uplink_.flush(now);
  channel_unwanted_ = ChannelUnwanted{close_code(code), reason};
  finish(farewell_.of_fault(code, reason, is_ready()));
}

void ClientSession::finish(const ClientClosed& closed) {
  fail_everything();
  events_.push(closed);
}

void ClientSession::fail_everything() {
  state_ = State::closed;
  keep_alive_.stop();
  reader_.reset();
  sockets_.fail_all(BindError::closed);
  connections_.fail_all(kClosed);
  lookups_.fail_all(kClosed);
}

}  // namespace floe::tunnel
