#include "floe/signal/signaling_driver.h"

namespace floe::signal {

SignalingDriver::SignalingDriver(MessageChannels& channels, Timers& timers, const Clock& clock,
                                 RandomSource& random, ClientOptions options,
                                 SignalingListener& listener)
    : channels_(channels),
      clock_(clock),
      listener_(listener),
      client_(random, std::move(options)),
      timer_(timers.create(*this)) {}

void SignalingDriver::join() {
  client_.join(clock_.now());
  drain();
}

void SignalingDriver::retry() {
  client_.retry(clock_.now());
  drain();
}

bool SignalingDriver::send(const Message& message, std::string_view to) {
  const bool queued = client_.send(clock_.now(), message, to);
  drain();
  return queued;
}

void SignalingDriver::leave() {
  client_.leave(clock_.now());
  drain();
}

void SignalingDriver::on_channel_open() {
  client_.handle_open(clock_.now());
  drain();
}

void SignalingDriver::on_channel_message(MessageKind kind, Bytes message) {
  if (kind == MessageKind::text) {
    client_.handle_text(clock_.now(), as_text(message));
  } else {
    client_.handle_binary(clock_.now());
  }
  drain();
}

void SignalingDriver::on_channel_closed(const ChannelClosed& closed) {
  lost_because_ = closed.reason.empty() ? "the connection ended" : closed.reason;
  was_refused_ = closed.is_refusal;
  client_.handle_closed(clock_.now(), closed.code);
  drain();
}

void SignalingDriver::on_channel_drained() {
  client_.handle_drained(clock_.now());
  drain();
}

void SignalingDriver::handle_timeout(Timestamp now) {
  client_.handle_timeout(now);
  drain();
}

void SignalingDriver::drain() {
  if (draining_) return;  // called by a listener: the loop below goes on when it returns
  draining_ = true;
  while (auto output = client_.poll_output()) {
    std::visit([this](auto& one) { carry_out(one); }, *output);
  }
  draining_ = false;
  timer_->arm(client_.deadline());
}

void SignalingDriver::carry_out(const ConnectChannel& connect) {
  channel_.reset();
  channel_ = channels_.connect(connect.url, kSubprotocol, *this);
}

void SignalingDriver::carry_out(SendOverChannel& send) {
  if (channel_->send(MessageKind::text, as_bytes(send.text))) return;
  client_.handle_blocked(std::move(send.text));
}

void SignalingDriver::carry_out(const CloseChannel&) {
  if (channel_) channel_->close(1000, "");
}

void SignalingDriver::carry_out(const DropChannel&) {
  lost_because_ = "no answer";
  was_refused_ = false;
  channel_.reset();
}

void SignalingDriver::carry_out(const ClientStateChanged& changed) {
  listener_.on_client_state(changed.state);
  if (changed.state != ClientState::waiting) return;
  listener_.on_connection_lost({.reason = lost_because_, .is_refusal = was_refused_});
}

void SignalingDriver::carry_out(const RoomJoined& joined) {
  listener_.on_joined(joined.self, joined.resumed);
}

void SignalingDriver::carry_out(const PeerAppeared& appeared) {
  listener_.on_peer_joined(appeared.peer, appeared.role);
}

void SignalingDriver::carry_out(const PeerLeft& left) {
  listener_.on_peer_left(left.peer, left.reason);
}

void SignalingDriver::carry_out(const MessageReceived& received) {
  listener_.on_message(received.message, received.from);
}

void SignalingDriver::carry_out(const RoomError& error) {
  listener_.on_room_error(error);
}

void SignalingDriver::carry_out(const MessageRejected& rejected) {
  listener_.on_bad_message(rejected.error);
}

}  // namespace floe::signal
