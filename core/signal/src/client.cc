#include "floe/signal/client.h"

#include <algorithm>

#include "floe/signal/message_codec.h"
#include "floe/signal/room_action.h"

namespace floe::signal {

std::string_view to_text(ClientState state) {
  switch (state) {
    case ClientState::idle:
      return "idle";
    case ClientState::connecting:
      return "connecting";
    case ClientState::joining:
      return "joining";
    case ClientState::joined:
      return "joined";
    case ClientState::waiting:
      return "waiting";
    case ClientState::closed:
      return "closed";
  }
  return "?";
}

SignalingClient::SignalingClient(MessageChannels& channels, Timers& timers, const Clock& clock,
                                 RandomSource& random, ClientOptions options,
                                 ClientListener& listener)
    : channels_(channels),
      clock_(clock),
      random_(random),
      options_(std::move(options)),
      listener_(listener),
      timer_(timers.create(*this)) {}

void SignalingClient::connect() {
  if (state_ == ClientState::idle) open_channel();
}

void SignalingClient::open_channel() {
  ++counters_.connects;
  deadline_ = clock_.now() + kJoinTimeout;
  arm();
  channel_.reset();  // the old one must not be heard any more
  channel_ = channels_.connect(options_.url, kSubprotocol, *this);
  set_state(ClientState::connecting);
}

void SignalingClient::on_channel_open() {
  if (state_ != ClientState::connecting) return;
  const std::string text = write_room_message(Join{options_.name, options_.token, resume_});
  channel_->send(MessageKind::text, as_bytes(text));
  set_state(ClientState::joining);
}

void SignalingClient::on_channel_closed(const ChannelClosed& closed) {
  if (state_ == ClientState::closed) return;
  // To come back would displace whoever took the place, who would come back as well.
  if (closed.code == kCloseReplaced) return end();
  reconnect_later();
}

/// The channel stays until the timer fires: it may be the one that is calling.
void SignalingClient::reconnect_later() {
  const Timestamp now = clock_.now();
  if (state_ == ClientState::joined && now - joined_at_ >= kStableAfter) backoff_.reset();
  deadline_ = now + backoff_.next(random_);
  set_state(ClientState::waiting);
  arm();
}

void SignalingClient::handle_timeout(Timestamp now) {
  if (now < deadline_) {
    flush();
    return arm();
  }
  if (state_ == ClientState::waiting) return open_channel();
  channel_.reset();
  reconnect_later();
}

void SignalingClient::end() {
  if (state_ == ClientState::closed) return;
  deadline_ = kNever;
  queue_.clear();
  if (channel_) channel_->close(1000, "");
  set_state(ClientState::closed);
  arm();
}

void SignalingClient::close() {
  flush();
  end();
}

void SignalingClient::arm() {
  Timestamp when = deadline_;
  if (state_ == ClientState::joined && !queue_.empty() && !blocked_) {
    when = std::min(when, rate_.ready_at(clock_.now()));
  }
  timer_->arm(when);
}

void SignalingClient::set_state(ClientState state) {
  if (state == state_) return;
  state_ = state;
  listener_.on_client_state(state);
}

bool SignalingClient::send(const Message& message, std::string_view to) {
  if (state_ == ClientState::closed || queue_.size() == kQueueMax) {
    ++counters_.refused;
    return false;
  }
  queue_.push_back(write_message(message, {std::string(to), {}, {}}));
  flush();
  arm();
  return true;
}

void SignalingClient::flush() {
  const Timestamp now = clock_.now();
  while (state_ == ClientState::joined && !queue_.empty() && rate_.ready_at(now) <= now) {
    blocked_ = !channel_->send(MessageKind::text, as_bytes(queue_.front()));
    if (blocked_) return;
    rate_.take(now);
    ++counters_.sent;
    queue_.erase(queue_.begin());
  }
}

void SignalingClient::on_channel_drained() {
  blocked_ = false;
  flush();
  arm();
}

}  // namespace floe::signal
