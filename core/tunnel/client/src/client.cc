#include "floe/tunnel/client/client.h"

#include <algorithm>

namespace floe::tunnel {

Client::Client(MessageChannels& channels, Clock& clock, ClientListener& listener,
               ClientOptions options)
    : clock_(clock),
      listener_(listener),
      options_(std::move(options)),
      sender_(messages_, *this, 0),
      channel_(channels.connect(options_.url, kSubprotocol, *this)) {}

Client::~Client() {
  close();
  fail_sockets();
  fail_streams();
  // What a listener opened or asked meanwhile goes without a word.
  while (ClientSocket* socket = sockets_.take_any()) socket->client_ = nullptr;
  while (ClientStream* stream = streams_.take_any()) stream->client_ = nullptr;
  while (lookups_.take_any() != nullptr) {
  }
}

std::unique_ptr<DatagramSocket> Client::open(const BindRequest& request,
                                             DatagramListener& listener) {
  auto socket = std::make_unique<ClientSocket>(*this, request, listener);
  sockets_.add_waiting(*socket);
  want_flush();
  return socket;
}

std::optional<std::vector<InterfaceAddress>> Client::addresses() const {
  return network_.addresses();
}

void Client::flush() {
  flush_wanted_ = false;
  const std::weak_ptr<char> life = life_;
  if (state_ == State::ready || state_ == State::closed) bind_waiting();
  if (life.expired()) return;
  ask_waiting();
  if (life.expired()) return;
  if (state_ == State::ready || state_ == State::closed) open_waiting_streams();
  if (!life.expired()) flush_streams();
  if (life.expired() || state_ == State::closed) return;
  const Timestamp now = clock_.now();
  if (state_ == State::ready) send_alarm(now);
  sender_.flush(now);
}

Timestamp Client::deadline() const {
  return std::min({session_deadline(), lookups_.deadline(), streams_.deadline()});
}

Timestamp Client::session_deadline() const {
  switch (state_) {
    case State::connecting:
      return kNever;  // the channel has its own idea of how long to try
    case State::greeting:
      return welcome_deadline_;
    case State::ready:
      return keep_alive_.deadline();
    case State::closed:
      return kNever;
  }
  return kNever;
}

void Client::handle_timeout(Timestamp now) {
  const std::weak_ptr<char> life = life_;
  end_late_lookups(now);
  if (!life.expired()) end_late_streams(now);
  if (life.expired() || now < session_deadline()) return;
  if (state_ == State::greeting) {
    return break_off(CloseCause::silent, ErrorCode::silent, "no WELCOME in time");
  }
  switch (keep_alive_.handle_timeout(now)) {
    case KeepAlive::Action::none:
      return;
    case KeepAlive::Action::give_up:
      return break_off(CloseCause::silent, ErrorCode::silent, to_text(ErrorCode::silent));
    case KeepAlive::Action::ping:
      sender_.control(Ping{keep_alive_.opaque()});
      want_flush();
  }
}

void Client::set_alarm(Timestamp when) {
  alarm_to_send_ = when;
  want_flush();
}

void Client::close() {
  if (state_ == State::closed) return;
  if (state_ == State::ready) sender_.flush(clock_.now());
  state_ = State::closed;
  sender_.clear();
  channel_->close(1000, "");
  const std::weak_ptr<char> life = life_;
  fail_sockets();
  if (!life.expired()) fail_streams();
  if (!life.expired()) ask_waiting();
}

ClientStats Client::stats() const {
  ClientStats stats = stats_;
  for (const DropCounters& drops : gateway_drops_) {
    drops.for_each([&](DropReason reason, std::uint32_t count) {
      stats.dropped_by_gateway.add(reason, count);
    });
  }
  return stats;
}

void Client::on_channel_open() {
  if (state_ != State::connecting) return;
  state_ = State::greeting;
  welcome_deadline_ = clock_.now() + kWelcomeTimeout;
  Hello hello;
  hello.capabilities =
      Capabilities{}.with(Capability::alarms).with(Capability::resolve).with(Capability::tcp);
  if (options_.time_stamps) hello.capabilities = hello.capabilities.with(Capability::time_stamps);
  hello.token = Bytes{options_.token}.first(std::min(options_.token.size(), kMaxTokenSize));
  sender_.control(hello);
  want_flush();
}

void Client::on_channel_closed(const ChannelClosed& closed) {
  ClientClosed told{CloseCause::network, closed.code, closed.reason, is_ready(), go_away_};
  if (fatal_error_ != ErrorCode{} || closed.code >= 4000 || go_away_) {
    told.cause = CloseCause::gateway;
    if (fatal_error_ != ErrorCode{}) told.code = close_code(fatal_error_);
    if (told.reason.empty()) told.reason = fatal_text_;
  }
  finish(told);
}

void Client::on_channel_drained() {
  if (state_ == State::closed) return;
  sender_.on_writable(clock_.now());
}

bool Client::send_message(Bytes message) {
  return state_ != State::connecting && channel_->send(MessageKind::binary, message);
}

void Client::want_flush() {
  if (flush_wanted_) return;
  flush_wanted_ = true;
  listener_.on_flush_wanted();
}

void Client::bind_waiting() {
  const std::weak_ptr<char> life = life_;
  // Those that a listener opens meanwhile are for the next turn.
  for (std::size_t left = sockets_.waiting(); left > 0; --left) {
    ClientSocket* socket = sockets_.take_waiting();
    if (socket == nullptr) return;
    std::optional<SocketId> id;
    if (state_ == State::ready) id = sockets_.assign(*socket, welcome_.max_sockets);
    if (id) {
      socket->peers_ = ClientPeers{welcome_.max_peers_per_socket};
      sender_.control(Bind{*id, socket->request_});
      continue;
    }
    socket->fail(state_ == State::ready ? BindError::limit : BindError::closed);
    if (life.expired()) return;
  }
}

void Client::send_alarm(Timestamp now) {
  if (!alarm_to_send_) return;
  const Timestamp when = *std::exchange(alarm_to_send_, std::nullopt);
  if (!welcome_.capabilities.has(Capability::alarms)) return;
  sender_.control(Alarm{++alarm_id_, when == kNever ? kNoAlarm : std::max(when - now, Duration{})});
}

void Client::break_off(CloseCause cause, ErrorCode code, std::string_view reason) {
  if (state_ == State::closed) return;
  sender_.clear();
  sender_.control(Error{code, 0, 0, reason});
  sender_.flush(clock_.now());
  channel_->close(close_code(code), reason);
  finish({cause, close_code(code), reason, is_ready(), go_away_});
}

void Client::finish(const ClientClosed& closed) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  keep_alive_.stop();
  sender_.clear();
  const std::weak_ptr<char> life = life_;
  fail_sockets();
  if (!life.expired()) fail_streams();
  if (!life.expired()) ask_waiting();
  if (!life.expired()) listener_.on_closed(closed);
}

void Client::fail_sockets() {
  const std::weak_ptr<char> life = life_;
  // Counted, so that a listener who opens another socket at once does not keep us here.
  for (std::size_t left = sockets_.size(); left > 0; --left) {
    ClientSocket* socket = sockets_.take_any();
    if (socket == nullptr) return;
    socket->fail(BindError::closed);
    if (life.expired()) return;
  }
}

}  // namespace floe::tunnel
